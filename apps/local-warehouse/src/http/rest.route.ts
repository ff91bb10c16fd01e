import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { takeable } from '../accounts/roles';
import { answerAnalyst } from '../analyst/analyst.route';
import { completeChat } from '../cortex/chat.route';
import { answerSearch, searchedService } from '../search/search.route';
import type { Session } from '../sessions/session';
import type { SessionRegistry } from '../sessions/session-registry';
import { WarehouseError } from '../statements/warehouse-error';
import { sendJson, type Exchange } from './exchange';
import { RestRefusal, type RestReply } from './rest-reply';

type Route = (exchange: Exchange, session: Session) => RestReply | Promise<RestReply>;

const routes: Readonly<Record<string, Route>> = {
  '/api/v2/cortex/v1/chat/completions': completeChat,
  '/api/v2/cortex/analyst/message': answerAnalyst,
};

function routeOf(path: string): Route | undefined {
  const searched = searchedService(path);
  return searched ? (exchange, session) => answerSearch(searched, exchange, session) : routes[path];
}

export const isRest = ({ url }: Exchange) => url.pathname.startsWith('/api/v2/');

/** Snowflake's REST interface, under the session's person and the role that the header names. */
export async function answerRest(
  exchange: Exchange,
  sessions: SessionRegistry,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const session = sessionOf(exchange, sessions);
    const route = routeOf(exchange.url.pathname);
    if (request.method !== 'POST' || !route) throw new RestRefusal(404, 'Not found');
    const reply = await route(exchange, session);
    if ('events' in reply) sendEvents(response, reply.events);
    else await sendJson(request, response, JSON.stringify(reply.body));
  } catch (error) {
    const { status, code, message } = refusalOf(error);
    await sendJson(request, response, JSON.stringify({ code, message, request_id: randomUUID() }), status);
  }
}

function sessionOf({ token, role }: Exchange, sessions: SessionRegistry): Session {
  if (token === undefined)
    throw new RestRefusal(401, 'The request has no token. Sign in, and send the one of the session');
  const session = sessions.byToken(token);
  if (role === undefined || takeable(session.person.roles).has(role)) return session;
  throw new RestRefusal(403, `The role ${role} is not granted to the user`);
}

/** An expired token is told with status 200, as Snowflake may. */
function refusalOf(error: unknown): { status: number; code: string | undefined; message: string } {
  if (error instanceof RestRefusal) return { status: error.status, code: undefined, message: error.message };
  if (error instanceof WarehouseError) return { status: 200, code: error.code, message: error.message };
  return { status: 500, code: undefined, message: 'The local warehouse failed' };
}

function sendEvents(response: ServerResponse, events: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  for (const event of events) response.write(`data: ${event}\n\n`);
  response.end();
}
