import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { guardedFetch } from '@snowflow/platform/net/guarded-fetch';
import { SnowflakeFailure } from '../driver/snowflake-failure';
import { Egress } from '../net/egress';
import type { LiveSession } from '../sessions/live-session';
import { SESSION_CODES } from '../sessions/session-protocol';

export interface CortexExchange {
  path: string;
  headers: Record<string, string>;
  body: object;
  timeoutMs: number;
}

type Body = Record<string, unknown>;

/** What a person is told of a refusal; more would only be noise. */
const MOST_CHARACTERS = 1_000;

/**
 * Posts JSON to the REST interface of a session's account, with the session's own token. Throws SnowflakeFailure (`session`) where the
 * token was refused, which Snowflake may say with status 200, and AppError for all else.
 */
@Injectable()
export class CortexRest {
  constructor(private readonly egress: Egress) {}

  async post({ endpoint, tokens }: LiveSession, exchange: CortexExchange): Promise<Body> {
    const response = await this.send(new URL(exchange.path, endpoint.origin), tokens.sessionToken, exchange);
    const body = bodyOf(await response.text());
    const code = typeof body?.['code'] === 'string' ? body['code'] : undefined;
    if (response.status === 401 || (code !== undefined && SESSION_CODES.has(code))) {
      throw new SnowflakeFailure('session', 'Cortex did not take the session', { code });
    }
    if (!response.ok || body === undefined || body['success'] === false) throw refused(response, body, code);
    return body;
  }

  private async send(url: URL, token: string, { headers, body, timeoutMs }: CortexExchange): Promise<Response> {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await guardedFetch(this.egress, url, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          authorization: `Snowflake Token="${token}"`,
          ...headers,
        },
        body: JSON.stringify(body),
        signal,
      });
    } catch (cause) {
      if (signal.aborted) {
        const seconds = Math.round(timeoutMs / 1_000);
        throw new AppError(
          'CORTEX_FAILED',
          `Cortex did not answer within ${seconds} s. Ask for less, or try again.`,
          {},
          { cause },
        );
      }
      throw new AppError('CORTEX_FAILED', 'Cortex gave no answer that can be read. Try again.', {}, { cause });
    }
  }
}

/** Undefined where it is no JSON object. */
function bodyOf(text: string): Body | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Body) : undefined;
  } catch {
    return undefined;
  }
}

function refused({ status, headers }: Response, body: Body | undefined, code: string | undefined): AppError {
  const said =
    messageOf(body) ??
    (status === 404 ? 'There is no such service, or this role may not use it.' : 'It gave no reason.');
  const seconds = Number(headers.get('retry-after'));
  return new AppError('CORTEX_FAILED', `Cortex answered with status ${status}: ${said}`, {
    extensions: { cortexStatus: status },
    ...(code === undefined ? {} : { snowflake: { code } }),
    ...(seconds > 0 ? { retryAfterSeconds: seconds } : {}),
  });
}

/** `message` is Snowflake's, `error.message` that of OpenAI's format. */
function messageOf(body: Body | undefined): string | undefined {
  const error = body?.['error'];
  const inner = typeof error === 'object' && error !== null && 'message' in error ? error.message : undefined;
  const said = [body?.['message'], inner].find((one) => typeof one === 'string' && one !== '');
  return typeof said === 'string' ? said.slice(0, MOST_CHARACTERS) : undefined;
}
