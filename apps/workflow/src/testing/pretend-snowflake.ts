import { randomUUID } from 'node:crypto';
import type { CatalogClient } from '@snowflow/contracts/catalog/catalog.contract';
import type { ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import type {
  MetadataRows,
  SettledOutcome,
  StatementStatus,
  SubmitRequest,
} from '@snowflow/contracts/connections/connections.dto';
import type { CortexRequest } from '@snowflow/contracts/connections/cortex.dto';
import type { StatementStats } from '@snowflow/contracts/connections/statement-stats.dto';
import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Column } from '@snowflow/contracts/documents/column';
import { currentPerson } from '@snowflow/transport/request-scope';

type Script = (statement: Submitted) => void | Promise<void>;

/** A statement that was submitted. */
export interface Submitted extends SubmitRequest {
  queryId: string;
  status: StatementStatus;
  cancelled: boolean;
}

const COLUMNS: Column[] = [{ name: 'N', type: 'NUMBER(38,0)', nullable: true }];

/**
 * Connection-manager in memory, for specs of the service and worker: it remembers what was submitted, and scripts say what becomes of a
 * statement that holds a text. Without one it succeeds at once with three rows.
 */
export class PretendSnowflake {
  readonly submitted: Submitted[] = [];
  /** What `settle` answers; by default what is known of the request. */
  settled: SettledOutcome | undefined;
  /** Runs that hold the session, and for how many milliseconds at most. */
  readonly holds = new Map<string, number>();
  /** The session has ended. */
  isOver = false;
  /** Which sessions have ended, where not all have. */
  hasEnded: (sessionId: string) => boolean = () => false;
  /** What the next submissions are refused with. */
  readonly refused: AppError[] = [];
  /** So many of the next waits find nobody there. */
  refusals = 0;
  /** What EXPLAIN was asked of, and what it answers; throws what Snowflake refuses with. */
  readonly explained: { sql: string; binds: Bind[] }[] = [];
  explain: (sql: string) => unknown = () => ({
    GlobalStats: { partitionsTotal: 4, partitionsAssigned: 2, bytesAssigned: 1_000 },
  });
  /** What monitoring says of every statement, and of which it was asked. */
  statistics: () => StatementStats | Promise<StatementStats> = () => ({});
  readonly statisticsAsked: string[] = [];
  /** What Cortex was asked, and the body that it answers; throws what it refuses with. */
  readonly cortexAsked: CortexRequest[] = [];
  cortex: (request: CortexRequest) => Record<string, unknown> | Promise<Record<string, unknown>> = () => ({});
  /** What SHOW MODELS answers; throws what it is refused with. */
  models: () => MetadataRows = () => ({ columns: ['name', 'comment'], rows: [] });
  /** The person's roles, and what other SHOW commands answer; throws what they are refused with. */
  roles = ['ANALYST'];
  shown: (sql: string) => MetadataRows = () => ({ columns: [], rows: [] });
  /** What EXPLAIN_PRIVILEGES says of a statement; an account that does not have it throws. */
  privileges: (statement: string) => unknown = () => {
    throw new AppError('SQL_FAILED', 'Unknown function EXPLAIN_PRIVILEGES.');
  };
  /** What account usage attributes; an account or role that does not have it throws. */
  attribution: (sql: string, binds: Bind[]) => MetadataRows = () => {
    throw new AppError('SQL_FAILED', 'Database SNOWFLAKE does not exist or is not authorized.');
  };
  /** What the catalog answers a run that is about to read a source; throws what it refuses with. */
  admit: CatalogClient['admit'] = async () => ({ done: true });
  private readonly scripts: { holds: string; script: Script }[] = [];
  private readonly lost: { holds: string; applied: boolean }[] = [];
  private changed: (() => void)[] = [];

  /** Statements that hold the text go by the script. */
  when(holds: string, script: Script): this {
    this.scripts.unshift({ holds, script });
    return this;
  }

  /** The next statement that holds the text gets no answer, having been applied or not. */
  loseReply(holds: string, applied: boolean): void {
    this.lost.push({ holds, applied });
  }

  of(holds: string): Submitted[] {
    return this.submitted.filter(({ sql }) => sql.includes(holds));
  }

  readonly succeed = (statement: Submitted, rowCount = 3): void => {
    statement.status = {
      state: 'succeeded',
      queryId: statement.queryId,
      columns: COLUMNS,
      ...countsOf(statement.sql, rowCount),
      role: statement.context.role,
    };
    this.change();
  };

  readonly fail = (statement: Submitted, message: string): void => {
    statement.status = {
      state: 'failed',
      queryId: statement.queryId,
      failure: { code: '100038', sqlState: '22018', line: 2, position: 7, message },
    };
    this.change();
  };

  /** Snowflake does not know it any more. */
  readonly forget = (statement: Submitted): void => {
    statement.status = { state: 'running', queryId: statement.queryId, unseen: true };
    this.change();
  };

  /** What the service and the worker have injected as their client. */
  readonly client: ConnectionsClient = {
    submit: async (request) => {
      const refusal = this.refused.shift();
      if (refusal) throw refusal;
      const lost = this.lost.findIndex(({ holds }) => request.sql.includes(holds));
      const [loss] = lost < 0 ? [] : this.lost.splice(lost, 1);
      if (loss && !loss.applied) throw new AppError('OUTCOME_UNKNOWN', 'No answer came.');
      const queryId = randomUUID();
      const statement: Submitted = { ...request, queryId, status: { state: 'running', queryId }, cancelled: false };
      this.submitted.push(statement);
      const { script } = this.scripts.find(({ holds }) => request.sql.includes(holds)) ?? { script: this.succeed };
      await script(statement);
      this.change();
      if (loss) throw new AppError('OUTCOME_UNKNOWN', 'No answer came.');
      return request.waitMs === undefined || this.refusals > 0 ? { queryId } : { queryId, status: statement.status };
    },
    wait: async ({ queryId, waitMs }) => {
      if (this.refusals > 0) {
        this.refusals -= 1;
        throw new AppError('UNAVAILABLE', 'Nobody is there.');
      }
      const until = Date.now() + waitMs;
      for (;;) {
        const statement = this.submitted.find((one) => one.queryId === queryId);
        if (!statement) throw new AppError('NOT_FOUND', 'No such statement.');
        if (statement.status.state !== 'running' || statement.status.unseen || Date.now() >= until) {
          return statement.status;
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, until - Date.now()).unref();
          this.changed.push(() => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
    },
    cancel: async ({ queryId, requestId }) => {
      const statement = this.submitted.find((one) => one.queryId === queryId || one.requestId === requestId);
      if (statement) {
        statement.cancelled = true;
        this.fail(statement, 'SQL execution canceled');
      }
      return { done: true };
    },
    settle: async ({ requestId }) =>
      this.settled ??
      this.submitted.find((statement) => statement.requestId === requestId)?.status ?? { state: 'absent' },
    describe: async () => ({ columns: COLUMNS, readOnly: true }),
    hold: async ({ runId, leaseMs }) => {
      if (this.isOver || this.hasEnded(currentPerson().sessionId))
        throw new AppError('SNOWFLAKE_SESSION_ENDED', 'The Snowflake session has ended. Sign in again.');
      this.holds.set(runId, Math.max(leaseMs, this.holds.get(runId) ?? 0));
      return { done: true };
    },
    release: async ({ runId }) => {
      this.holds.delete(runId);
      return { done: true };
    },
    cortex: async (request) => {
      this.cortexAsked.push(request);
      return { body: await this.cortex(request) };
    },
    statistics: async ({ queryId }) => {
      this.statisticsAsked.push(queryId);
      return this.statistics();
    },
    metadata: async ({ sql, binds }) => {
      if (sql.startsWith('SHOW MODELS')) return this.models();
      if (sql.startsWith('SHOW ')) return this.shown(sql);
      if (sql.includes('QUERY_ATTRIBUTION_HISTORY')) return this.attribution(sql, binds);
      if (sql.startsWith('CALL EXPLAIN_PRIVILEGES')) {
        return { columns: ['EXPLAIN_PRIVILEGES'], rows: [[JSON.stringify(this.privileges(String(binds[0])))]] };
      }
      this.explained.push({ sql, binds });
      const explanation = await this.explain(sql);
      return { columns: ['content'], rows: [[JSON.stringify(explanation)]] };
    },
    open: unsupported,
    openStored: unsupported,
    close: unsupported,
    checkLive: unsupported,
    locate: unsupported,
    test: unsupported,
    authorizeUrl: unsupported,
    providerKeys: unsupported,
    exchangeCode: unsupported,
    refreshGrant: unsupported,
    checkContext: unsupported,
    grants: async () => ({ roles: this.roles, warehouses: [] }),
  };

  private change(): void {
    const waiting = this.changed;
    this.changed = [];
    for (const wake of waiting) wake();
  }
}

function unsupported(): never {
  throw new Error('The workflow service does not ask this');
}

/** One row that says so of what changes a table; how many rows that were only where it changed some of its rows. */
function countsOf(sql: string, rowCount: number): { rowCount: number; rowsAffected?: number } {
  if (/^(INSERT|MERGE) /.test(sql)) return { rowCount: 1, rowsAffected: rowCount };
  return { rowCount: sql.startsWith('CREATE ') ? 1 : rowCount };
}
