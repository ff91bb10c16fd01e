import type { RequestListener, Server } from 'node:http';
import { bareAnswer } from '../problems/bare-answer';
import { correlationIdOf } from '../scope/correlation-id';
import { requestsEnded } from '../telemetry/http-metrics';
import { refusal, type RefusalReason } from './refusal';

/** In place of a route, which nobody has looked for. */
const REFUSED = 'refused';

/**
 * Turns requests away before routes, logs and traces know of them, which together cost more than all else of a refusal: a crowd of those who
 * are refused is not to take the processor from those who are served. Whoever `isFor` does not know passes.
 */
export function guardDoor(
  server: Server,
  isFor: (path: string) => boolean,
  whyNot: () => RefusalReason | undefined,
): void {
  const inside = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const reason = isFor(request.url ?? '') ? whyNot() : undefined;
    if (!reason) return inside.forEach((listener) => listener(request, response));
    const { status, headers, body } = bareAnswer(refusal(reason), correlationIdOf(request));
    requestsEnded.inc({ method: request.method, route: REFUSED, status: String(status) });
    response.writeHead(status, headers).end(body);
  });
}
