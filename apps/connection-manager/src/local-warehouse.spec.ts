import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { type AppProcess, startApp } from '@snowflow/testing/app-process';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { freePort } from '@snowflow/testing/free-port';
import { CortexService } from './cortex/cortex.service';
import { MetadataService } from './metadata/metadata.service';
import { ConnectionTestService } from './connection-test/connection-test.service';
import type { SessionRef } from './sessions/sealed-session.repository';
import { Replica } from './testing/replica';

const TOKEN_SECONDS = 2;
const ORDERS = '"SNOWFLAKE_SAMPLE_DATA"."TPCH_SF1"."ORDERS"';

jest.setTimeout(60_000);

describe('against the local warehouse', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let warehouse: AppProcess;
  let replicas: Replica[];
  let ref: SessionRef;
  let context: PinnedContext;
  let warehousePort: number;

  beforeAll(async () => {
    const port = await freePort();
    warehousePort = port;
    redis = await startRedis();
    warehouse = await startApp('local-warehouse', {
      WAREHOUSE_PORT: String(port),
      WAREHOUSE_DATA_DIR: await mkdtemp(join(tmpdir(), 'snowflow-warehouse-')),
      WAREHOUSE_SESSION_TOKEN_SECONDS: String(TOKEN_SECONDS),
    });
    const options = { redisUrl: redis.url, demoOrigin: `http://127.0.0.1:${port}` };
    replicas = [await Replica.start(options), await Replica.start(options)];
    ({ ref, context } = await replica(0).signIn());
  }, 90_000);
  afterAll(async () => {
    await Promise.all(replicas.map((one) => one.stop()));
    await warehouse.stop();
    await redis.stop();
  }, 30_000);

  const replica = (index: number) => replicas[index % 2] as Replica;

  it('a person of the demo account signs in and is told whose session it is', async () => {
    const { opened } = await replica(1).signIn({ role: 'ANALYST' });
    expect(opened).toMatchObject({
      account: { organization: 'SNOWFLOW', locator: 'DEMO' },
      username: 'DEMO',
      context: { role: 'ANALYST', secondaryRoles: 'NONE', warehouse: 'DEMO_WH' },
    });
  });

  it('the test of the connection asks the session where results come from', async () => {
    const origin = `http://127.0.0.1:${warehousePort}`;
    const test = replica(1).app.get(ConnectionTestService);
    const { parts } = await test.run({ account: 'demo', origin }, { ref, context });
    expect(parts.map(({ part, state }) => `${part} ${state}`)).toEqual([
      'name ok',
      'login ok',
      'oauth not-tested',
      'rest ok',
      'results ok',
    ]);
    expect(parts.at(-1)?.detail).toBe('1 of 1 answer.');
  });

  it('demo and demo2 are two tenants', async () => {
    const other = await replica(0).signIn({ account: 'demo2' });
    expect(other.ref.tenantId).not.toBe(ref.tenantId);
  });

  it('a wrong password is refused with the cause', async () => {
    await expect(replica(0).signIn({ password: 'canary-pw' })).rejects.toMatchObject({
      code: 'SNOWFLAKE_LOGIN_FAILED',
      message: expect.not.stringContaining('canary-pw') as string,
      details: { snowflake: { code: '390100' } },
    });
  });

  it('a statement gives columns in Snowflake’s spelling and how many rows there are', async () => {
    const sql = `SELECT O_ORDERKEY, O_TOTALPRICE, O_ORDERDATE, ? AS B FROM ${ORDERS} ORDER BY 1 LIMIT 10`;
    const status = await replica(1).run(ref, context, sql, { binds: ['x'] });
    expect(status).toMatchObject({ state: 'succeeded', rowCount: 10, role: context.role });
    expect(status.state === 'succeeded' && status.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'O_ORDERKEY NUMBER(38,0)',
      'O_TOTALPRICE NUMBER(12,2)',
      'O_ORDERDATE DATE',
      expect.stringMatching(/^B VARCHAR/),
    ]);
  });

  it('a statement that changes rows says how many, and one that makes a table of rows does not', async () => {
    const run = (sql: string) => replica(0).run(ref, context, sql);
    const made = await run(`CREATE TABLE DEMO.PUBLIC.COUNTED AS SELECT O_ORDERKEY FROM ${ORDERS}`);
    const filled = await run(`INSERT INTO DEMO.PUBLIC.COUNTED SELECT O_ORDERKEY FROM ${ORDERS} LIMIT 7`);
    expect(made).toMatchObject({ state: 'succeeded', rowCount: 1 });
    expect(made).not.toHaveProperty('rowsAffected');
    expect(filled).toMatchObject({ state: 'succeeded', rowsAffected: 7 });
  });

  it('a statement that fails keeps its code', async () => {
    const status = await replica(0)
      .run(ref, context, 'SELECT * FROM NO_SUCH_TABLE')
      .catch((error: unknown) => error);
    expect(JSON.stringify(status)).toContain('002003');
  });

  it('what a person may use is listed', async () => {
    const grants = await replica(0).sessions.grants(ref, context);
    expect(grants.roles).toEqual(expect.arrayContaining(['ANALYST', 'SYSADMIN']));
    expect(grants.warehouses).toEqual(['DEMO_WH', 'LOAD_WH']);
  });

  it('metadata is read as the caller', async () => {
    const metadata = replica(0).app.get(MetadataService);
    const { columns, rows } = await metadata.read(ref, { sql: 'SHOW DATABASES', binds: [], context });
    expect(rows.map((row) => row[columns.indexOf('name')])).toContain('SNOWFLAKE_SAMPLE_DATA');
  });

  it('models are asked under the pinned role and listed', async () => {
    const cortex = replica(1).app.get(CortexService);
    const chat = (more: object) => ({
      service: 'chat' as const,
      body: { model: 'llama3.3-70b', messages: [{ role: 'user', content: 'Hi' }] },
      timeoutMs: 5_000,
      context,
      ...more,
    });
    const { body } = await cortex.ask(ref, chat({ context: { ...context, role: 'ANALYST' } }));
    expect(JSON.stringify(body)).toContain('[simulated by the local warehouse] The question was: Hi');
    await expect(cortex.ask(ref, chat({ body: { model: 'nobody' } }))).rejects.toMatchObject({
      code: 'CORTEX_FAILED',
      message: 'Cortex answered with status 400: unknown model "nobody"',
    });
    const metadata = replica(0).app.get(MetadataService);
    const sql = 'SHOW MODELS IN SCHEMA SNOWFLAKE.MODELS';
    const { columns, rows } = await metadata.read(ref, { sql, binds: [], context });
    expect(rows.map((row) => row[columns.indexOf('name')])).toContain('LLAMA3.3-70B');
  });

  it('a search service is asked under the pinned role, by words and filters', async () => {
    const search = (name: string, body: object) =>
      replica(0)
        .app.get(CortexService)
        .ask(ref, {
          service: 'search',
          search: { database: 'DEMO', schema: 'PUBLIC', name },
          body: { query: 'late parcel', columns: ['TITLE'], ...body },
          timeoutMs: 5_000,
          context: { ...context, role: 'ANALYST' },
        });
    const { body } = await search('HELP_SEARCH', { filter: { '@eq': { TOPIC: 'shipping' } }, limit: 1 });
    expect(body).toMatchObject({ results: [{ TITLE: 'My delivery is late' }] });
    await expect(search('NO_SEARCH', {})).rejects.toMatchObject({
      code: 'CORTEX_FAILED',
      message: expect.stringContaining('DEMO.PUBLIC.NO_SEARCH does not exist') as string,
    });
  });

  it('a semantic view is made of YAML, described, and asked by Analyst as the pinned role', async () => {
    const yaml = `name: yaml_orders
tables:
  - name: orders
    base_table: { database: SNOWFLAKE_SAMPLE_DATA, schema: TPCH_SF1, table: ORDERS }
    metrics: [{ name: order_count, synonyms: [number of orders], expr: COUNT(*) }]`;
    const sql = 'CALL SYSTEM$CREATE_SEMANTIC_VIEW_FROM_YAML(?, ?)';
    const { queryId } = await replica(0).submit(ref, context, sql, { binds: ['"DEMO"."PUBLIC"', yaml] });
    expect(await replica(0).statements.wait(ref, { queryId, context, waitMs: 20_000 })).toMatchObject({
      state: 'succeeded',
    });
    const metadata = replica(1).app.get(MetadataService);
    const describe = 'DESCRIBE SEMANTIC VIEW "DEMO"."PUBLIC"."YAML_ORDERS"';
    const { rows } = await metadata.read(ref, { sql: describe, binds: [], context });
    expect(rows).toContainEqual(['METRIC', 'ORDER_COUNT', 'ORDERS', 'EXPRESSION', 'COUNT(*)']);
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'How many orders?' }] }];
    const { body } = await replica(1)
      .app.get(CortexService)
      .ask(ref, {
        service: 'analyst',
        body: { messages, semantic_view: 'DEMO.PUBLIC.YAML_ORDERS' },
        timeoutMs: 5_000,
        context: { ...context, role: 'ANALYST' },
      });
    expect(JSON.stringify(body)).toContain('METRICS ORDERS.ORDER_COUNT');
  });

  it('a statement is described without being run', async () => {
    const sql = `SELECT * FROM ${ORDERS}`;
    const { columns, readOnly } = await replica(0).statements.describe(ref, { sql, binds: [], context });
    expect(columns).toHaveLength(9);
    expect(readOnly).toBe(true);
  });

  it('a statement with binds is explained, not run', async () => {
    const metadata = replica(1).app.get(MetadataService);
    const sql = `EXPLAIN USING JSON SELECT * FROM ${ORDERS} WHERE O_ORDERKEY > ? AND O_ORDERPRIORITY = ?`;
    const { rows } = await metadata.read(ref, { sql, binds: [5, '1-URGENT'], context });
    expect(JSON.parse(String(rows[0]?.[0]))).toMatchObject({
      GlobalStats: { partitionsTotal: 1, partitionsAssigned: 1, bytesAssigned: expect.any(Number) as number },
    });
  });

  it('what an ended statement took is known to any replica, and to its own person only', async () => {
    const { queryId } = await replica(0).run(ref, context, `SELECT O_ORDERKEY FROM ${ORDERS} LIMIT 10`);
    const stats = await replica(1).statements.statistics(ref, queryId);
    expect(stats).toMatchObject({ rowsProduced: 10, partitionsScanned: 1, warehouseSize: 'X-Small' });
    expect(stats.bytesScanned).toBeGreaterThan(0);
    expect(stats).not.toHaveProperty('bytesSpilled');
    const other = await replica(0).signIn({ username: 'analyst', password: 'analyst' });
    expect(await replica(0).statements.statistics(other.ref, queryId)).toEqual({});
  });

  it('a long statement is cancelled within two seconds', async () => {
    const sql = `SELECT COUNT(*) FROM ${ORDERS} A CROSS JOIN ${ORDERS} B CROSS JOIN ${ORDERS} C`;
    const { queryId } = await replica(0).submit(ref, context, sql);
    const ended = replica(1).statements.wait(ref, { queryId, context, waitMs: 20_000 });
    const askedAtMs = Date.now();
    await replica(1).statements.cancel(ref, { queryId });
    await expect(ended).resolves.toMatchObject({ state: 'failed', failure: { code: '000604' } });
    expect(Date.now() - askedAtMs).toBeLessThan(2_000);
  }, 30_000);

  it('a run that holds the session goes on after its person has signed out, and the session ends with it', async () => {
    const leaving = await replica(0).signIn();
    const runId = 'run_held';
    await replica(1).closing.hold(leaving.ref, { runId, leaseMs: 60_000 });
    await replica(0).closing.close(leaving.ref, { statements: 'finish' });
    for (const step of [0, 1]) {
      const status = await replica(step).run(leaving.ref, leaving.context, 'SELECT CURRENT_ROLE() AS R', { runId });
      expect(status).toMatchObject({ state: 'succeeded', role: leaving.context.role });
    }
    await replica(1).closing.release(leaving.ref, { runId });
    await expect(replica(0).run(leaving.ref, leaving.context, 'SELECT 1 AS ONE', { runId })).rejects.toMatchObject({
      code: 'SNOWFLAKE_SESSION_ENDED',
    });
  });

  it('trap 8: over several lives of a token, two replicas lose no statement, and none runs as another role', async () => {
    const startedAtMs = Date.now();
    let done = 0;
    const work = async (worker: number) => {
      const pinned = { ...context, role: worker % 8 === 0 ? 'ANALYST' : context.role };
      while (done < 300 || Date.now() - startedAtMs < 2.5 * TOKEN_SECONDS * 1000) {
        done += 1;
        const status = await replica(worker).run(ref, pinned, 'SELECT CURRENT_ROLE() AS R');
        expect(status).toMatchObject({ state: 'succeeded', role: pinned.role });
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, worker) => work(worker)));
    expect(done).toBeGreaterThanOrEqual(300);
  }, 120_000);
});
