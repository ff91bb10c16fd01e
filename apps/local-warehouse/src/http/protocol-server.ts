import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccountDirectory } from '../accounts/account-directory';
import type { SessionRegistry } from '../sessions/session-registry';
import { toWarehouseError } from '../statements/duckdb-errors';
import { sendChunkOf } from './chunk.route';
import { BadRequest, readExchange, sendJson, type Exchange } from './exchange';
import { login } from './login.route';
import { submitQuery } from './query.route';
import { failure, success } from './replies';
import { abortQuery, abortRequest, monitorQuery, readResult } from './result.route';
import type { PushAnswer, PushedRequests } from '../sign-in/pushed-requests';
import type { SignIn } from '../sign-in/sign-in';
import type { OauthProxy } from './oauth-proxy';
import { answerRest, isRest } from './rest.route';
import { endSession, heartbeat, renewTokens } from './session.route';

const pushPath = /^POST \/demo\/mfa\/(\w+)\/(\w+)\/(approve|deny)$/;
const queryPath = /^\/(?:queries|monitoring\/queries)\/([0-9a-f-]{36})(?:\/(result|abort-request))?$/;

/** Snowflake's HTTP protocol, as far as the driver speaks it. */
export class ProtocolServer {
  private readonly server: Server;

  constructor(
    private readonly accounts: AccountDirectory,
    private readonly sessions: SessionRegistry,
    private readonly signIn: SignIn,
    private readonly pushed: PushedRequests,
    private readonly oauth: OauthProxy,
  ) {
    this.server = createServer((request, response) => void this.serve(request, response));
    this.server.keepAliveTimeout = 75_000;
  }

  async listen(port: number, host: string): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, resolve);
    });
    return this.port;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.oauth.pass(request, response)) return;
    try {
      const exchange = await readExchange(request, this.originFor(request));
      if (exchange.url.pathname.startsWith('/chunks/')) {
        await sendChunkOf(exchange, this.accounts, response);
        return;
      }
      if (isRest(exchange)) return await answerRest(exchange, this.sessions, request, response);
      const reply = await this.answer(exchange, request.method ?? 'GET');
      if (reply === undefined) await sendJson(request, response, JSON.stringify({ success: false, code: '404' }), 404);
      else await sendJson(request, response, reply);
    } catch (error) {
      const status = error instanceof BadRequest ? 400 : 500;
      if (!response.headersSent) await sendJson(request, response, failure(toWarehouseError(error)), status);
      else response.destroy();
    }
  }

  /** By the name that the client has for this server, which in a network of containers is not ours. */
  private originFor({ headers: { host } }: IncomingMessage): string {
    const named = `http://${host}`;
    return host && URL.canParse(named) ? new URL(named).origin : `http://127.0.0.1:${this.port}`;
  }

  private async answer(exchange: Exchange, method: string): Promise<string | undefined> {
    try {
      return await this.route(exchange, `${method} ${exchange.url.pathname}`);
    } catch (error) {
      return failure(toWarehouseError(error));
    }
  }

  private async route(exchange: Exchange, address: string): Promise<string | undefined> {
    const session = () => this.sessions.byToken(exchange.token);
    switch (address) {
      case 'POST /session/v1/login-request':
        return login(exchange, this.accounts, this.sessions, this.signIn);
      case 'POST /session/token-request':
        return renewTokens(exchange, this.sessions);
      case 'POST /session/heartbeat':
        return heartbeat(exchange, this.sessions);
      case 'POST /session':
        return endSession(exchange, this.sessions);
      case 'POST /telemetry/send':
        return success('Log Received');
      case 'POST /queries/v1/query-request':
        return submitQuery(exchange, session());
      case 'POST /queries/v1/abort-request':
        return abortRequest(exchange, session());
      default:
        return this.routeQuery(exchange, address, session);
    }
  }

  private async routeQuery(exchange: Exchange, address: string, session: () => ReturnType<SessionRegistry['byToken']>) {
    const [, account, user, answer] = pushPath.exec(address) ?? [];
    if (account && user) return this.answerPush(`${account}/${user}`.toUpperCase(), answer as PushAnswer);
    const [, queryId, verb] = queryPath.exec(exchange.url.pathname) ?? [];
    if (!queryId) return undefined;
    if (verb === 'abort-request') return abortQuery(session(), queryId);
    if (verb === 'result') return readResult(exchange, session(), queryId);
    return address.startsWith('GET /monitoring') ? monitorQuery(session(), queryId) : undefined;
  }

  /** In place of a device that the demo's people don't have. */
  private answerPush(who: string, answer: PushAnswer): string | undefined {
    return this.pushed.answer(who, answer) ? success(null) : undefined;
  }
}
