import { randomBytes } from 'node:crypto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { casesOf } from '@snowflow/testing/cases-of';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, type Session } from './support/api-client';
import { DurableRedis } from '@snowflow/testing/durable-redis';
import { onlyWhere, pinnedTo, StatementCaller } from './support/statement-caller';

const SERVICES = ['gateway', 'auth', 'catalog', 'workflow', 'worker', 'connection-manager'];
const SESSIONS = casesOf(200);
const TENANTS = 20;
const AT_ONCE = 12;
const STATEMENTS_A_DRILL = casesOf(300);
const keys = `k1:${randomBytes(32).toString('base64')}`;
const accounts = Array.from({ length: TENANTS }, (_, index) => `t${String(index + 1).padStart(3, '0')}`);
/** What a caller hears while a replica or Redis is gone, and asks again after. */
const PASSING = new Set(['OUTCOME_UNKNOWN', 'UNAVAILABLE', 'DEADLINE_EXCEEDED', 'OVERLOADED', 'SNOWFLAKE_UNAVAILABLE']);

interface Person {
  api: ApiClient;
  session: Session;
  account: string;
  /** Its statements answer so many rows: an answer that went to another is seen by it. */
  rows: number;
}

describe(`${SESSIONS} signed-in sessions that run statements`, () => {
  let redis: DurableRedis;
  let stack: Stack;
  let statements: StatementCaller;
  let people: Person[];
  const figures: string[] = [];

  beforeAll(async () => {
    redis = await DurableRedis.start();
    stack = await startStack({
      replicas: 2,
      env: {
        REDIS_URL: redis.url,
        SEALING_KEYS: keys,
        WAREHOUSE_EXTRA_ACCOUNTS: String(TENANTS),
        DEMO_ACCOUNTS: ['demo', 'demo2', ...accounts].join(','),
        THROTTLE_REQUESTS_PER_MINUTE: '1000000',
      },
    });
    statements = new StatementCaller(redis.url, keys);
    people = await inLoops(SESSIONS, signIn);
  }, 240_000);
  afterAll(async () => {
    process.stdout.write(`${figures.join('\n')}\n`);
    await statements?.close();
    await stack?.stop();
    await redis?.stop();
  }, 90_000);

  async function signIn(index: number): Promise<Person> {
    const account = accounts[index % TENANTS] as string;
    const user = `u${String((Math.floor(index / TENANTS) % 10) + 1).padStart(2, '0')}`;
    const api = new ApiClient(stack.gatewayUrls[index % 2] as string);
    const session = await api.connect(user, user, account);
    return { api, session, account: account.toUpperCase(), rows: index + 1 };
  }

  /** Fails unless it runs as its own person; answers as many rows as are that person's. */
  async function ask({ session, account, rows }: Person): Promise<boolean> {
    const mine = onlyWhere({ ACCOUNT: account, USER: session.username, ROLE: 'SYSADMIN' });
    const sql = `SELECT S.ONE FROM (${mine}) S CROSS JOIN TABLE(GENERATOR(ROWCOUNT => ${rows})) G`;
    const status = await statements.run(session, sql, pinnedTo('SYSADMIN'));
    return status.state === 'succeeded' && status.rowCount === rows && status.role === 'SYSADMIN';
  }

  /** Half of the people, of either gateway, refresh once, wherever in it the strike falls: an answer that was lost is asked for again. */
  async function refreshHalf(): Promise<void> {
    await inLoops(SESSIONS / 2, async (index) => {
      const { api } = people[index] as Person;
      const others = stack.gatewayUrls.filter((url) => url !== api.gatewayUrl);
      await api.refresh(Date.now() + 50_000, [api.gatewayUrl, ...others]);
    });
  }

  /** Statements of all sessions in turn, and refreshes of half of them, with `strike` in their midst. */
  async function underLoad(name: string, strike: () => Promise<void>): Promise<void> {
    const startedAt = Date.now();
    let repeated = 0;
    let wrong = 0;
    const struck: Promise<void>[] = [];
    await inLoops(STATEMENTS_A_DRILL, async (index) => {
      if (index === Math.floor(STATEMENTS_A_DRILL / 4)) struck.push(strike(), refreshHalf());
      const person = people[index % people.length] as Person;
      const giveUpAt = Date.now() + 60_000;
      for (;;) {
        try {
          if (!(await ask(person))) wrong += 1;
          return;
        } catch (error) {
          if (!(error instanceof AppError) || !PASSING.has(error.code) || Date.now() > giveUpAt) throw error;
          repeated += 1;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
    });
    await Promise.all(struck).finally(() => stack.ensureReplicas());
    const lost = await lostSessions();
    figures.push(
      `${name}: ${STATEMENTS_A_DRILL} statements and ${SESSIONS / 2} refreshes in ${((Date.now() - startedAt) / 1000).toFixed(1)} s, ${repeated} asked again, ${wrong} wrong, ${lost} of ${people.length} sessions lost`,
    );
    expect({ wrong, lost }).toEqual({ wrong: 0, lost: 0 });
  }

  async function lostSessions(): Promise<number> {
    const found = await inLoops(people.length, async (index) => {
      const { api, session } = people[index] as Person;
      const { status, body } = await api.call<{ id: string; username: string }>('GET', '/auth/me');
      return status === 200 && body.id === session.id && body.username === session.username;
    });
    return found.filter((isThere) => !isThere).length;
  }

  it.each(
    SERVICES.flatMap(
      (app) =>
        [
          [app, 'SIGTERM'],
          [app, 'SIGKILL'],
        ] as const,
    ),
  )(
    'lose no session when a replica of %s ends by %s',
    (app, signal) => underLoad(`${app} ${signal}`, () => stack.kill(app, 0, signal)),
    150_000,
  );

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'lose no session when Redis ends by %s and starts again',
    (signal) => underLoad(`Redis ${signal}`, () => redis.restart(signal)),
    150_000,
  );
});

async function inLoops<Result>(count: number, work: (index: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const index = next++;
        results[index] = await work(index);
      }
    }),
  );
  return results;
}
