import { startStack, Stack } from '@snowflow/testing/stack';
import { eventually } from '@snowflow/testing/eventually';
import { ApiClient, type Run } from './support/api-client';
import { openDirect } from './support/direct-sql';
import { DocumentBuilder } from './support/document-builder';

/** Two statements one after the other, each of which takes its time. */
const twoSteps = new DocumentBuilder('Two steps')
  .tpch('lines', 'LINEITEM')
  .tpch('orders', 'ORDERS')
  .node('some', 'shape.filter', { expression: 'O_ORDERKEY <= 600' }, 'orders')
  .node('all', 'shape.join', { how: 'cross', on: [] }, { left: 'lines', right: 'some' })
  .node('few', 'shape.filter', { expression: '(L_ORDERKEY * O_ORDERKEY) % 97 = 1' }, 'all')
  .node(
    'total',
    'shape.aggregate',
    { groupBy: [], measures: [{ function: 'sum', column: 'L_EXTENDEDPRICE', as: 'TOTAL' }] },
    'few',
  )
  .node('one', 'logic.condition', { expression: 'ROW_COUNT = 1' }, 'total')
  .node('result', 'output.result', { name: 'Total', view: 'table' }, 'one.true')
  .build();

describe('What Snowflake takes away in the middle of a run', () => {
  let stack: Stack;

  beforeAll(async () => {
    stack = await startStack({ env: { LIVE_CHECK_SECONDS: '0', THROTTLE_REQUESTS_PER_MINUTE: '100000' } });
  }, 180_000);
  afterAll(() => stack?.stop(), 60_000);

  async function asAdmin(...sqls: string[]): Promise<void> {
    const admin = await openDirect(stack.warehouseUrl);
    try {
      for (const sql of ['USE ROLE ACCOUNTADMIN', ...sqls]) await admin.run(sql);
    } finally {
      await admin.close();
    }
  }

  async function newUser(name: string): Promise<{ api: ApiClient; refreshToken: string }> {
    await asAdmin(
      `CREATE USER ${name} PASSWORD = '${name}' DEFAULT_ROLE = SYSADMIN`,
      `GRANT ROLE SYSADMIN TO USER ${name}`,
      `GRANT ROLE ANALYST TO USER ${name}`,
    );
    const api = new ApiClient(stack.gatewayUrl);
    const session = await api.connect(name);
    expect(session.role).toBe('SYSADMIN');
    const again = await api.call<{ refreshToken: string }>('POST', '/auth/connect', {
      body: { account: 'demo', authenticator: 'password', username: name, password: name, issueRefreshToken: true },
    });
    return { api, refreshToken: again.body.refreshToken };
  }

  async function startAndWait(api: ApiClient): Promise<string> {
    const reply = await api.call<{ runId: string }>('POST', '/workflows/run', { body: { definition: twoSteps } });
    if (reply.status !== 202) throw new Error(`run: ${reply.status} ${JSON.stringify(reply.body)}`);
    const { runId } = reply.body;
    await eventually(async () => (await api.call<Run>('GET', `/runs/${runId}`)).body.nodes.one?.status === 'running');
    return runId;
  }

  const ended = (api: ApiClient, runId: string) =>
    eventually(async () => {
      const { body } = await api.call<Run>('GET', `/runs/${runId}`);
      return ['succeeded', 'failed', 'cancelled'].includes(body.status) && body;
    }, 60_000);

  it('a role that is revoked: the next step does not run, and says why', async () => {
    const { api } = await newUser('revoked');
    const runId = await startAndWait(api);
    await asAdmin('REVOKE ROLE SYSADMIN FROM USER revoked');
    const run = await ended(api, runId);
    expect(run.status).toBe('failed');
    // Of the first step where the machine was so slow that its statement was not yet sent.
    expect(Object.values(run.nodes).map(({ error }) => error?.code)).toContain('ROLE_REVOKED');
    expect(run.nodes.result?.status).not.toBe('succeeded');
  }, 60_000);

  it('a user who is disabled: the run fails, and no token of theirs is worth anything once it is to be renewed', async () => {
    const { api, refreshToken } = await newUser('disabled');
    const runId = await startAndWait(api);
    await asAdmin('ALTER USER disabled SET DISABLED = TRUE');
    const refreshed = await api.call<{ code: string }>('POST', '/auth/refresh', { body: { refreshToken } });
    expect([refreshed.status, refreshed.body.code]).toEqual([401, 'SNOWFLAKE_SESSION_ENDED']);
    const after = await api.call('POST', '/auth/refresh', { body: { refreshToken } });
    expect(after.status).toBe(401);
    const run = await ended(api, runId);
    expect(run.status).toBe('failed');
    // Snowflake aborts the statement that runs; where none did, the next one finds the session over.
    const codes = Object.values(run.nodes).map(({ error }) => error?.code);
    expect(codes.filter((code) => code === '000604' || code === 'SNOWFLAKE_SESSION_ENDED')).toHaveLength(1);
    expect(run.nodes.result?.status).not.toBe('succeeded');
  }, 60_000);

  it('signing out lets a run of several steps finish, and its Snowflake session ends with it', async () => {
    const { api } = await newUser('leaving');
    const other = new ApiClient(stack.gatewayUrl);
    await other.connect('leaving');
    const runId = await startAndWait(api);
    expect((await api.call('POST', '/auth/disconnect', { body: {} })).status).toBe(204);
    expect((await api.call('GET', `/runs/${runId}`)).status).toBe(401);
    const run = await ended(other, runId);
    expect(run.status).toBe('succeeded');
  }, 120_000);

  it('signing out with "cancel" cancels the runs', async () => {
    const { api } = await newUser('cancelling');
    const other = new ApiClient(stack.gatewayUrl);
    await other.connect('cancelling');
    const runId = await startAndWait(api);
    expect((await api.call('POST', '/auth/disconnect', { body: { runs: 'cancel' } })).status).toBe(204);
    expect((await ended(other, runId)).status).toBe('cancelled');
  }, 60_000);
});
