import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { SESSION_PARAMETERS } from '../sessions/session-setup';
import { ok, refusal, rowset, ScriptedWarehouse, type SeenRequest } from './scripted-warehouse';

interface Session {
  token: string;
  expiresAtMs: number;
  master: string;
  masterExpiresAtMs: number;
  context: { role: string; warehouse: string; database: string; schema: string };
  ended: boolean;
}

interface Query {
  requestId: string;
  sql: string;
  session: Session;
  roleAtStart: string;
  warehouseAtStart: string;
  done: Promise<object>;
  state: 'RUNNING' | 'SUCCESS' | 'FAILED_WITH_ERROR';
  stop: (reply: object) => void;
}

const TEXT = { name: 'A', type: 'text', nullable: true, length: 100 };
const POLL_MS = 400;
/** No heartbeat makes it longer: only the renewal of a session token brings another master token. */
const MASTER_SECONDS = 14_400;

/**
 * Snowflake at the strictest reading of what its documentation leaves open: a session token dies the moment it is renewed, and a
 * statement's role is the session's when it ends. `SLEEP 50` runs for 50 ms.
 */
export class StrictSnowflake {
  readonly sessions: Session[] = [];
  readonly queries = new Map<string, Query>();
  renewals = 0;
  /** Of an OAuth provider: each lets in. */
  readonly accessTokens = new Set<string>();
  /** Logins find somebody else at home. */
  isAway = false;
  /** What CURRENT_AVAILABLE_ROLES says. */
  roles = ['ACCOUNTADMIN', 'SYSADMIN', 'ANALYST', 'INTRUDER', 'PUBLIC'];
  /** A refusal that every statement gets. */
  refused: object | undefined;
  /** Statements that began with one role or warehouse and ended with another. */
  rolesMixed = 0;

  private constructor(
    readonly server: ScriptedWarehouse,
    private readonly tokenSeconds: number,
  ) {
    server.on('/session/v1/login-request', (request, response) => this.login(request, response));
    server.on('/session/token-request', (request) => this.renew(request));
    server.on('/session', (request) => this.authorised(request, (session) => this.end(session)));
    server.on('/session/heartbeat', (request) => this.authorised(request, () => ok(null)));
    server.onQuery((request, response) => {
      void this.query(request).then((reply) => response.end(JSON.stringify(reply)));
      response.setHeader('content-type', 'application/json');
      return undefined;
    });
    server.on('/queries/v1/abort-request', (request) =>
      this.authorised(request, () => this.abort((query) => query.requestId === bodyOf(request)['requestId'])),
    );
  }

  static async start(tokenSeconds = 3_600): Promise<StrictSnowflake> {
    return new StrictSnowflake(await ScriptedWarehouse.start(), tokenSeconds);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  private login(request: SeenRequest, response: ServerResponse): object | undefined {
    const { LOGIN_NAME, PASSWORD, TOKEN = '' } = bodyOf(request)['data'] as Record<string, string>;
    if (this.isAway) {
      response.end('<html>');
      return undefined;
    }
    if (PASSWORD !== 'demo' && !this.accessTokens.has(TOKEN))
      return refusal('390100', `Incorrect username or password was specified: ${PASSWORD}`);
    const session: Session = {
      ...this.tokens(),
      context: {
        role: request.search.get('roleName') ?? 'SYSADMIN',
        warehouse: 'W',
        database: 'D',
        schema: LOGIN_NAME ? 'S' : '',
      },
      ended: false,
    };
    this.sessions.push(session);
    return ok({
      token: session.token,
      masterToken: session.master,
      validityInSeconds: this.tokenSeconds,
      masterValidityInSeconds: MASTER_SECONDS,
      sessionId: this.sessions.length,
      parameters: [],
    });
  }

  private renew(request: SeenRequest): object {
    const session = this.sessions.find(({ master, ended }) => !ended && master === tokenOf(request));
    if (!session || session.masterExpiresAtMs <= Date.now()) {
      return refusal('390114', 'Authentication token has expired.');
    }
    this.renewals += 1;
    Object.assign(session, this.tokens());
    return ok({
      sessionToken: session.token,
      validityInSecondsST: this.tokenSeconds,
      masterToken: session.master,
      validityInSecondsMT: MASTER_SECONDS,
    });
  }

  private tokens() {
    const nowMs = Date.now();
    return {
      token: randomUUID(),
      master: randomUUID(),
      expiresAtMs: nowMs + this.tokenSeconds * 1000,
      masterExpiresAtMs: nowMs + MASTER_SECONDS * 1000,
    };
  }

  private authorised(request: SeenRequest, answer: (session: Session) => object): object {
    const session = this.sessions.find(({ token }) => token === tokenOf(request));
    if (!session) return refusal('390104', 'Session token is invalid.');
    if (session.ended) return refusal('390111', 'Session no longer exists.');
    if (session.expiresAtMs <= Date.now()) return refusal('390112', 'Session token has expired.');
    return answer(session);
  }

  private end(session: Session): object {
    session.ended = true;
    return ok(null);
  }

  private async query(request: SeenRequest): Promise<object> {
    let session: Session | undefined;
    const refused = this.authorised(request, (found) => {
      session = found;
      return {};
    });
    if (!session) return refused;
    const sql = request.body.sqlText ?? '';
    const queryId = randomUUID();
    const query = this.run(queryId, sql, session, request.search.get('requestId') ?? '');
    if (bodyOf(request)['asyncExec'] === true) return inProgress(queryId, '333334');
    return query.done;
  }

  private run(queryId: string, sql: string, session: Session, requestId: string): Query {
    let stop: Query['stop'] = () => undefined;
    const stopped = new Promise<object>((resolve) => (stop = resolve));
    const finished = Promise.race([stopped, this.execute(queryId, sql, session)]);
    const query: Query = {
      requestId,
      sql,
      session,
      roleAtStart: session.context.role,
      warehouseAtStart: session.context.warehouse,
      state: 'RUNNING',
      stop,
      done: finished.then((reply) => {
        query.state = (reply as { success: boolean }).success ? 'SUCCESS' : 'FAILED_WITH_ERROR';
        const { role, warehouse } = session.context;
        const isSame = query.roleAtStart === role && query.warehouseAtStart === warehouse;
        if (!sql.startsWith('USE') && !isSame) this.rolesMixed += 1;
        return reply;
      }),
    };
    this.queries.set(queryId, query);
    this.serve(queryId, query);
    return query;
  }

  private serve(queryId: string, query: Query): void {
    this.server.on(`/queries/${queryId}/result`, (request, response) => {
      const refused = this.authorised(request, () => ({}));
      if ('success' in refused) return refused;
      const later = new Promise<object>((resolve) => setTimeout(resolve, POLL_MS, inProgress(queryId, '333333')));
      response.setHeader('content-type', 'application/json');
      void Promise.race([query.done, later]).then((reply) => response.end(JSON.stringify(reply)));
      return undefined;
    });
    this.server.on(`/monitoring/queries/${queryId}`, (request) =>
      this.authorised(request, () => ok({ queries: [{ id: queryId, status: query.state }] })),
    );
    this.server.on(`/queries/${queryId}/abort-request`, (request) =>
      this.authorised(request, () => this.abort((other) => other === query)),
    );
  }

  private abort(matches: (query: Query) => boolean): object {
    const query = [...this.queries.values()].find((one) => one.state === 'RUNNING' && matches(one));
    if (!query) return refusal('000605', 'Identified SQL statement is not currently executing.');
    query.stop(refusal('000604', 'SQL execution canceled', { sqlState: '57014' }));
    return ok(null);
  }

  private async execute(queryId: string, sql: string, session: Session): Promise<object> {
    const { context } = session;
    if (this.refused) return this.refused;
    const sleep = /SLEEP (\d+)/.exec(sql)?.[1];
    // What still sleeps when a spec is through keeps no process.
    if (sleep) await pause(Number(sleep), undefined, { ref: false });
    const use = /^USE (ROLE|WAREHOUSE|DATABASE|SCHEMA) (?:"\w+"\.)?"(\w+)"$/.exec(sql);
    if (use?.[2] === 'NOT_GRANTED') return refusal('003013', 'Requested role is not assigned to the executing user.');
    if (use) Object.assign(context, { [(use[1] ?? '').toLowerCase()]: use[2] });
    return this.reply(queryId, sql, session);
  }

  private reply(queryId: string, sql: string, { context }: Session): object {
    const final = {
      queryId,
      finalRoleName: context.role,
      finalWarehouseName: context.warehouse,
      finalDatabaseName: context.database,
      finalSchemaName: context.schema,
    };
    const { role, warehouse, database, schema } = context;
    if (sql.startsWith('SHOW PARAMETERS')) {
      const rows = Object.entries(SESSION_PARAMETERS).map(([name, value]) => [name, String(value)]);
      return rowset(
        [
          { ...TEXT, name: 'key' },
          { ...TEXT, name: 'value' },
        ],
        rows,
        final,
      );
    }
    if (sql.startsWith('SELECT CURRENT_ORGANIZATION_NAME')) {
      const row = ['ORG', 'LOCAL', 'DEMO', 'DEMO', role, warehouse, database, schema];
      return rowset(
        row.map(() => TEXT),
        [row],
        final,
      );
    }
    if (sql.startsWith('SELECT CURRENT_AVAILABLE_ROLES')) {
      return rowset([TEXT], [[JSON.stringify(this.roles)]], final);
    }
    if (sql.startsWith('SELECT CURRENT_ROLE')) {
      return rowset([TEXT, TEXT, TEXT, TEXT], [[role, warehouse, database, schema]], final);
    }
    return rowset([TEXT], [[role]], final);
  }
}

const bodyOf = (request: SeenRequest) => request.body as Record<string, unknown>;
const tokenOf = ({ headers }: SeenRequest) => /Token="([^"]*)"/.exec(headers.authorization ?? '')?.[1];
const inProgress = (queryId: string, code: string) => ({
  success: true,
  code,
  data: { queryId, getResultUrl: `/queries/${queryId}/result` },
});
