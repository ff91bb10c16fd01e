import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { RunView } from '@snowflow/contracts/workflow/workflow.dto';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { startPostgres } from '@snowflow/testing/ephemeral-postgres';
import { sessionRecord } from '@snowflow/testing/session-record';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { runInScope } from '@snowflow/transport/request-scope';
import { Client } from 'pg';
import { AppModule } from '../app.module';
import type { WorkerOptions } from '../execution/worker-options';
import type { RunPlaces } from '../queue/run-places';
import { RunsService } from '../runs/runs.service';
import { WorkerModule } from '../worker.module';
import type { ModelEndpoint } from '../models/model-endpoint';
import type { NotificationOptions } from '../notifications/notification-options';
import type { EgressOptions } from '../outside/egress';
import type { OutsideOptions } from '../outside/outside-options';
import { PretendCredentials } from './pretend-credentials';
import { NOTHING_OUT, openWithPretended } from './pretended-neighbours';
import { PretendRows } from './pretend-rows';
import { PretendSnowflake } from './pretend-snowflake';

/** Somebody who is signed in. */
export type Person = Pick<SessionRecord, 'tenantId' | 'userId' | 'id'>;

/** The service and its workers on a real Postgres and Redis; only what is another service is pretended. */
export interface WorkflowBench {
  service: INestApplicationContext;
  snowflake: PretendSnowflake;
  rows: PretendRows;
  credentials: PretendCredentials;
  databaseUrl: string;
  redisUrl: string;
  sealingKeys: string;
  signIn(
    tenantId?: string,
    context?: Partial<SessionRecord['context']>,
    more?: Partial<SessionRecord>,
  ): Promise<Person>;
  as<T>(person: Person, work: () => Promise<T>, idempotencyKey?: string): Promise<T>;
  startWorker(
    options?: Partial<WorkerOptions>,
    reach?: Partial<NotificationOptions & EgressOptions & OutsideOptions>,
  ): Promise<INestApplicationContext>;
  /** The run once it has ended. */
  ended(person: Person, runId: string): Promise<RunView>;
  /** Every column of every table, as text. */
  everythingAtRest(): Promise<string>;
  stop(): Promise<void>;
}

export async function startWorkflowBench(
  places: Partial<RunPlaces> = {},
  modelEndpoint?: ModelEndpoint,
): Promise<WorkflowBench> {
  // As a worker sets it.
  setMaxListeners(0);
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  const sealingKeys = `k1:${randomBytes(32).toString('base64')}`;
  const sealer = new KeyRing(sealingKeys);
  const snowflake = new PretendSnowflake();
  const rows = new PretendRows(snowflake);
  const credentials = new PretendCredentials();
  const opened: INestApplicationContext[] = [];
  const options = {
    redisUrl: redis.url,
    store: { url: postgres.url, applicationName: 'spec', poolSize: 8 },
    sealer,
    places: { perTenant: 64, perWorkflow: 32, perWarehouse: 48, ...places },
    modelEndpoint,
  };
  const open = async (module: DynamicModule) => {
    const app = await openWithPretended(module, snowflake, rows, undefined, credentials);
    opened.push(app);
    return app;
  };
  const service = await open(AppModule.forRoot(options));
  credentials.useStore(service.get(SessionStore));
  const as: WorkflowBench['as'] = (person, work, idempotencyKey) =>
    runInScope(
      {
        context: {
          correlationId: 'spec',
          tenantId: person.tenantId,
          userId: person.userId,
          sessionId: person.id,
        },
        idempotencyKey,
      },
      work,
    );
  return {
    service,
    snowflake,
    rows,
    credentials,
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    sealingKeys,
    as,
    async signIn(tenantId = newId('ten'), context = {}, more = {}) {
      const record = sessionRecord({
        tenantId,
        userId: newId('usr'),
        username: 'SOMEBODY',
        ...more,
        context: { role: 'ANALYST', secondaryRoles: 'NONE', warehouse: 'WH', database: null, schema: null, ...context },
      });
      await service.get(SessionStore).save(record, 3_600);
      return record;
    },
    startWorker: (worker = {}, more = {}) => {
      const reach = { ...NOTHING_OUT, ...more };
      return open(
        WorkerModule.forRoot(
          options,
          {
            name: newId('worker'),
            concurrency: 8,
            leaseMs: 1_500,
            drainTimeoutMs: 0,
            risesAfterSeconds: 120,
            maxAttempts: 10,
            sweepEveryMs: 200,
            firstRestMs: 100,
            ...worker,
          },
          { everyMs: 3_600_000, runDays: 90, trashDays: 30 },
          { rowsOrigins: [], notifications: reach, egress: reach, outside: reach },
        ),
      );
    },
    async ended(person, runId) {
      for (const giveUpAt = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
        const run = await as(person, () => service.get(RunsService).get(runId));
        if (run.finishedAt) return run;
        if (Date.now() > giveUpAt) throw new Error(`The run is still ${run.status}: ${JSON.stringify(run.nodes)}`);
      }
    },
    everythingAtRest: () => everyText(postgres.url),
    async stop() {
      for (const app of opened.reverse()) await app.close().catch(() => undefined);
      await redis.stop();
      await postgres.stop();
    },
  };
}

async function everyText(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname LIKE 'workflow%'`,
    );
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      texts.push(JSON.stringify((await client.query(`SELECT x::text FROM ${name} x`)).rows));
    }
    return texts.join('\n');
  } finally {
    await client.end();
  }
}
