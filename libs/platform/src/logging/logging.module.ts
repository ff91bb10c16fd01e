import { DynamicModule, Module } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoggerModule } from 'nestjs-pino';
import { trace } from '@opentelemetry/api';
import { LogFn, Logger, LoggerOptions, stdTimeFunctions } from 'pino';
import type { Options } from 'pino-http';
import { errorForLog, withoutQuoted } from './error-for-log';
import { noteOf } from './request-note';

/** Ids that lines of one request or run have in common. */
export interface LogScope {
  correlationId?: string;
  tenantId?: string;
  runId?: string;
}

export interface LoggingOptions {
  /** Which service speaks. */
  service: string;
  level: string;
  /** Whom and what that which is being done at the moment is about. */
  scope?(): LogScope;
}

const SECRET_KEYS = [
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'password',
  'passcode',
  'privateKey',
  'passphrase',
  'token',
  'refreshToken',
  'accessToken',
  'masterToken',
  'sessionToken',
  'secret',
];

const redactedPaths = SECRET_KEYS.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]);

/**
 * JSON lines on standard output. Neither bodies nor query strings are logged, keys that hold secrets are blanked, and quoted parts
 * are cut out of messages. `runService` brings it in: apps use Nest's `Logger` and import nothing.
 */
@Module({})
export class LoggingModule {
  static forRoot(options: LoggingOptions): DynamicModule {
    return {
      module: LoggingModule,
      imports: [LoggerModule.forRoot({ pinoHttp: httpOptions(options) })],
      exports: [LoggerModule],
    };
  }
}

/** The settings of every pino logger here, for processes that are no Nest service too. */
export function loggerOptions({ service, level, scope }: LoggingOptions): LoggerOptions {
  return {
    level,
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    // The line that ends an HTTP request says what was noted of it: whose scope is open by then is chance.
    mixin: (line) => ('responseTime' in line ? {} : { ...scope?.(), ...traceOf() }),
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: { err: (error: unknown) => errorForLog(error) },
    hooks: { logMethod: cutQuoted },
  };
}

/** Pino takes an error's own message as the line's; here it never does. */
function cutQuoted(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const [first, ...rest] = args as [unknown, ...unknown[]];
  const texts = rest.map((value) => (typeof value === 'string' ? withoutQuoted(value) : value));
  const error = first instanceof Error ? first : (first as { err?: unknown } | null)?.err;
  if (error instanceof Error) {
    const fields = first instanceof Error ? { err: first } : (first as object);
    method.call(this, fields, ...((texts.length > 0 ? texts : [withoutQuoted(error.message)]) as [string]));
  } else {
    method.call(this, ...([typeof first === 'string' ? withoutQuoted(first) : first, ...texts] as Parameters<LogFn>));
  }
}

/** The settings of the lines that end HTTP requests. */
export function httpOptions(options: LoggingOptions): Options {
  return {
    ...loggerOptions(options),
    wrapSerializers: false,
    serializers: {
      err: (error: unknown) => errorForLog(error),
      req: (request: IncomingMessage) => ({ method: request.method, path: pathOf(request) }),
      res: (response: ServerResponse) => ({ status: response.statusCode }),
    },
    customSuccessObject: (request, _response, line: object) => ({ ...line, ...noteOf(request) }),
    customErrorObject: (request, _response, _error, line: object) => ({ ...line, ...noteOf(request) }),
    customLogLevel: (_request, response, error) => {
      if (error || response.statusCode >= 500) return 'error';
      return response.statusCode >= 400 ? 'info' : 'debug';
    },
  };
}

function traceOf(): { traceId?: string } {
  const traceId = trace.getActiveSpan()?.spanContext().traceId;
  return traceId ? { traceId } : {};
}

function pathOf(request: IncomingMessage & { originalUrl?: string }): string | undefined {
  return (request.originalUrl ?? request.url)?.split('?', 1)[0];
}
