import { randomBytes, randomUUID } from 'node:crypto';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import type { StatementStatus } from '@snowflow/contracts/connections/connections.dto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { startStack, Stack } from '@snowflow/testing/stack';
import { createClient } from '@snowflow/transport/create-client';
import { runInScope } from '@snowflow/transport/request-scope';
import { RpcCaller } from '@snowflow/transport/rpc-caller';
import { ApiClient, type Session } from './support/api-client';
import { slowSelect } from './support/slow-statement';

const STATEMENTS = 2000;
const AT_ONCE = 16;
const keys = `k1:${randomBytes(32).toString('base64')}`;

const pinnedTo = (role: string): PinnedContext => ({
  role,
  secondaryRoles: 'NONE',
  warehouse: 'DEMO_WH',
  database: null,
  schema: null,
});
/** A statement that divides by zero where it runs as another role. */
const onlyAs = (role: string) => `SELECT 1 / IFF(CURRENT_ROLE() = '${role}', 1, 0) AS ONE`;

describe('Session tokens that live five seconds, two replicas of connection-manager', () => {
  let stack: Stack;
  let session: Session;
  let caller: RpcCaller;
  let connections: ConnectionsClient;

  beforeAll(async () => {
    stack = await startStack({
      replicas: 2,
      env: {
        SEALING_KEYS: keys,
        WAREHOUSE_SESSION_TOKEN_SECONDS: '5',
        // Connections are dropped and taken up again all the time.
        LIVE_CONNECTION_IDLE_MS: '300',
      },
    });
    session = await new ApiClient(stack.gatewayUrl).connect('demo');
    caller = new RpcCaller({ redisUrl: stack.redisUrl, sealer: new KeyRing(keys) });
    connections = createClient(connectionsContract, caller);
  }, 180_000);
  afterAll(async () => {
    await caller?.close();
    await stack?.stop();
  }, 60_000);

  const asPerson = <Result>(work: () => Promise<Result>) => {
    const { id: sessionId, tenantId, username } = session;
    return runInScope(
      { context: { correlationId: randomUUID(), tenantId, sessionId, userId: userIdOf(tenantId, username) } },
      work,
    );
  };
  const submit = (sql: string, role: string) =>
    asPerson(() =>
      connections.submit({
        sql,
        binds: [],
        context: pinnedTo(role),
        requestId: randomUUID(),
        tag: { effect: randomUUID() },
        timeoutSeconds: 120,
      }),
    );
  const ended = async (queryId: string, role: string): Promise<StatementStatus> => {
    for (;;) {
      const status = await asPerson(() => connections.wait({ queryId, context: pinnedTo(role), waitMs: 10_000 }));
      if (status.state !== 'running') return status;
    }
  };

  it(`run ${STATEMENTS} statements: none fails, none runs as another role`, async () => {
    const startedAt = Date.now();
    const wrong: unknown[] = [];
    let next = 0;
    const loop = async () => {
      while (next < STATEMENTS) {
        const role = next++ % 200 < 150 ? 'SYSADMIN' : 'ANALYST';
        const { queryId } = await submit(onlyAs(role), role);
        const status = await ended(queryId, role);
        if (status.state !== 'succeeded' || status.role !== role) wrong.push(status);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, loop));
    expect(wrong).toEqual([]);
    expect(Date.now() - startedAt).toBeGreaterThan(5000);
  }, 180_000);

  it('keep the session and the running statement when a replica stops', async () => {
    const { queryId } = await submit(slowSelect(4), 'SYSADMIN');
    await stack.kill('connection-manager', 0, 'SIGTERM');
    expect(await ended(queryId, 'SYSADMIN')).toMatchObject({ state: 'succeeded', rowCount: 1 });
    const after = await submit(onlyAs('SYSADMIN'), 'SYSADMIN');
    expect(await ended(after.queryId, 'SYSADMIN')).toMatchObject({ state: 'succeeded' });
  }, 120_000);
});
