import { randomBytes } from 'node:crypto';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, type Session } from './support/api-client';
import { slowSelect } from './support/slow-statement';
import { onlyWhere, pinnedTo, StatementCaller } from './support/statement-caller';

const STATEMENTS = 2000;
const AT_ONCE = 16;
const keys = `k1:${randomBytes(32).toString('base64')}`;

/** A statement that divides by zero where it runs as another role. */
const onlyAs = (role: string) => onlyWhere({ ROLE: role });

describe('Session tokens that live five seconds, two replicas of connection-manager', () => {
  let stack: Stack;
  let session: Session;
  let statements: StatementCaller;

  beforeAll(async () => {
    stack = await startStack({
      copies: 2,
      apart: ['connection-manager'],
      env: {
        SEALING_KEYS: keys,
        WAREHOUSE_SESSION_TOKEN_SECONDS: '5',
        // Connections are dropped and taken up again all the time.
        LIVE_CONNECTION_IDLE_MS: '300',
      },
    });
    session = await new ApiClient(stack.gatewayUrl).connect('demo');
    statements = new StatementCaller(stack.redisUrl, keys);
  }, 180_000);
  afterAll(async () => {
    await statements?.close();
    await stack?.stop();
  }, 60_000);

  const submit = (sql: string, role: string) => statements.submit(session, sql, pinnedTo(role));
  const ended = (queryId: string, role: string) => statements.ended(session, queryId, pinnedTo(role));

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
