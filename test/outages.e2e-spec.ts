import { casesOf } from '@snowflow/testing/cases-of';
import { DurablePostgres } from '@snowflow/testing/durable-postgres';
import { DurableRedis } from '@snowflow/testing/durable-redis';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient } from './support/api-client';
import { directSql } from './support/direct-sql';
import { DocumentBuilder } from './support/document-builder';
import { OutageProbe } from './support/outage-probe';
import { RunWatcher } from './support/run-watcher';
import { slowSelect } from './support/slow-statement';

/** A minute in the drills. */
const AWAY_MS = casesOf(60_000);
/** What is told while a store is away: that it is, or of a write without a key that nobody knows. */
const PASSING = /^503 (UNAVAILABLE|OUTCOME_UNKNOWN)$/;
const BACK_MS = 15_000;
const WRITES = 6;

describe('Runs that are under way while a store is away', () => {
  let redis: DurableRedis;
  let postgres: DurablePostgres;
  let stack: Stack;
  let runs: RunWatcher;
  let approver: ApiClient;

  beforeAll(async () => {
    [redis, postgres] = await Promise.all([DurableRedis.start(), DurablePostgres.start()]);
    stack = await startStack({
      copies: 2,
      env: { REDIS_URL: redis.url, DATABASE_URL: postgres.url, THROTTLE_REQUESTS_PER_MINUTE: '100000' },
    });
    const gateways = stack.gatewayUrls.map((url) => new ApiClient(url));
    await Promise.all(gateways.map((gateway) => gateway.connect('demo')));
    runs = new RunWatcher(gateways);
    approver = new ApiClient(stack.gatewayUrl);
    await approver.connect('analyst');
  }, 240_000);
  afterAll(async () => {
    await stack?.stop();
    await redis?.stop();
    await postgres?.stop();
  }, 90_000);

  /** Two statements one after the other, the first slow; the second leaves a row. */
  const writing = (table: string) =>
    new DocumentBuilder('Writes')
      .node('slow', 'source.sql', { sql: slowSelect(2), materialise: true })
      .node('write', 'output.table', { database: 'DEMO', schema: 'PUBLIC', table, mode: 'append' }, 'slow')
      .build();
  const asking = (table: string) =>
    new DocumentBuilder('Asks')
      .node('one', 'source.sql', { sql: 'SELECT 1 AS TOTAL', materialise: true })
      .node('ask', 'logic.approval', { approvers: ['user:ANALYST'], message: '?' }, 'one')
      .node('write', 'output.table', { database: 'DEMO', schema: 'PUBLIC', table, mode: 'append' }, 'ask.approved')
      .build();
  const decide = (runId: string) =>
    approver.call('POST', `/runs/${runId}/approvals/ask`, { body: { decision: 'approve' } });

  it.each([
    ['Redis', 'REDIS_AWAY', () => redis.restart('SIGKILL', AWAY_MS)],
    ['Postgres', 'POSTGRES_AWAY', () => postgres.crash(AWAY_MS)],
  ] as const)(
    'go on once %s is there again: each ends well and writes once, and what waited still waits',
    async (_name, table, goAway) => {
      await directSql(stack.warehouseUrl, `CREATE TABLE DEMO.PUBLIC.${table} (TOTAL NUMBER(38,0))`);
      const waiting = await runs.start({ definition: asking(table) });
      await runs.once(waiting, ({ status }) => status === 'waiting');
      const started = await Promise.all(
        Array.from({ length: WRITES }, () => runs.start({ definition: writing(table) })),
      );
      await runs.once(started[0] ?? '', ({ status }) => status === 'running');
      const probe = new OutageProbe(approver);
      await probe.during(goAway);
      expect([...probe.heard].filter((answer) => !PASSING.test(answer))).toEqual([]);
      expect([...probe.heard]).toContain('503 UNAVAILABLE');
      expect([...probe.withoutRetryAfter]).toEqual([]);
      await runs.once(waiting, () => true, BACK_MS);

      const ended = await Promise.all(started.map((runId) => runs.ended(runId, 120_000)));
      expect(ended.map(({ status, error }) => [status, error?.code])).toEqual(
        started.map(() => ['succeeded', undefined]),
      );
      expect(await runs.once(waiting, () => true)).toMatchObject({ status: 'waiting' });
      expect((await decide(waiting)).status).toBe(204);
      expect(await runs.ended(waiting)).toMatchObject({ status: 'succeeded' });
      expect(await directSql(stack.warehouseUrl, `SELECT COUNT(*) FROM DEMO.PUBLIC.${table}`)).toEqual([
        [String(WRITES + 1)],
      ]);
    },
    300_000,
  );
});
