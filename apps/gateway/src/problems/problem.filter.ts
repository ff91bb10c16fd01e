import { ArgumentsHost, Catch, ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './send-problem';
import { toAppError } from './to-app-error';

/** The one place where an error becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const { id } = http.getRequest<FastifyRequest>();
    const error = toAppError(thrown);
    if (error.code === 'INTERNAL') this.logger.error({ correlationId: id, thrown: describe(thrown) }, 'Request failed');
    sendProblem(http.getResponse<FastifyReply>(), error, id);
  }
}

/** The kind of an unexpected error and where it was thrown; its message is left out, it may quote what somebody sent. */
function describe(thrown: unknown): { type: string; at: string[] } {
  if (!(thrown instanceof Error)) return { type: typeof thrown, at: [] };
  const frames = (thrown.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return { type: thrown.name, at: frames.slice(0, 8).map((line) => line.trim()) };
}
