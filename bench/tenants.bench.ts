import { randomBytes } from 'node:crypto';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, type Session } from '../test/support/api-client';
import { onlyWhere, pinnedTo, StatementCaller } from '../test/support/statement-caller';
import { inLoops, measure } from './measure';
import type { Row } from './report';

const TENANTS = 50;
const SESSIONS_EACH = 10;
const STATEMENTS = 50_000;
const AT_ONCE = 48;
const ROLES = ['SYSADMIN', 'ANALYST'];
const WAREHOUSES = ['DEMO_WH', 'LOAD_WH'];
/** As many as a tenant may have under way, and a few that wait in line. */
const FLOOD = 80;

const account = (index: number) => `t${String(index + 1).padStart(3, '0')}`;
const user = (index: number) => `u${String(index + 1).padStart(2, '0')}`;

interface Person {
  session: Session;
  account: string;
  /** Of the sign-in; every tenth moves between two roles. */
  index: number;
}

/** Many tenants on two replicas of connection-manager: nobody's statement runs as somebody else, and nobody's flood drowns others. */
export async function run(): Promise<Row[]> {
  const keys = `k1:${randomBytes(32).toString('base64')}`;
  const names = Array.from({ length: TENANTS }, (_, index) => account(index));
  const stack = await startStack({
    replicas: 2,
    env: {
      SEALING_KEYS: keys,
      WAREHOUSE_EXTRA_ACCOUNTS: String(TENANTS),
      DEMO_ACCOUNTS: ['demo', 'demo2', ...names].join(','),
      THROTTLE_REQUESTS_PER_MINUTE: '1000000',
    },
  });
  const statements = new StatementCaller(stack.redisUrl, keys);
  try {
    const people = await signIn(stack);
    return [...(await crossTalk(people, statements)), ...(await flood(people, statements))];
  } finally {
    await statements.close();
    await stack.stop();
  }
}

async function signIn({ gatewayUrls }: Stack): Promise<Person[]> {
  const people: Person[] = [];
  let next = 0;
  await inLoops(
    async () => {
      const index = next++;
      const api = new ApiClient(gatewayUrls[index % gatewayUrls.length] as string);
      const name = user(index % SESSIONS_EACH);
      const at = account(Math.floor(index / SESSIONS_EACH));
      people.push({ session: await api.connect(name, name, at), account: at.toUpperCase(), index });
    },
    TENANTS * SESSIONS_EACH,
    8,
  );
  return people;
}

/** Every statement fails unless account, user, role and warehouse are those it was meant for. */
async function crossTalk(people: Person[], statements: StatementCaller): Promise<Row[]> {
  let next = 0;
  let wrong = 0;
  const { perSecond, p99Ms } = await measure(
    async () => {
      const turn = next++;
      const person = people[turn % people.length] as Person;
      const moves = person.index % 10 === 0;
      const role = (moves ? ROLES[Math.floor(turn / people.length) % 2] : ROLES[0]) as string;
      const warehouse = (moves ? WAREHOUSES[Math.floor(turn / people.length) % 2] : WAREHOUSES[0]) as string;
      const { username } = person.session;
      const sql = onlyWhere({ ACCOUNT: person.account, USER: username, ROLE: role, WAREHOUSE: warehouse });
      const status = await statements.run(person.session, sql, pinnedTo(role, warehouse));
      if (status.state !== 'succeeded' || status.role !== role) wrong += 1;
    },
    { count: STATEMENTS, concurrency: AT_ONCE },
  );
  if (wrong > 0) throw new Error(`${wrong} of ${STATEMENTS} statements failed or ran as somebody else`);
  return [
    {
      what: `${people.length} sessions of ${TENANTS} tenants, ${STATEMENTS.toLocaleString('en')} statements that check who they are`,
      value: `${perSecond.toFixed(0)}/s, p99 ${p99Ms.toFixed(0)} ms`,
      compared: `${wrong} ran as somebody else`,
    },
  ];
}

/** One tenant keeps all its places taken, and its line full, with statements that wait in Snowflake; another goes on as before. */
async function flood(people: Person[], statements: StatementCaller): Promise<Row[]> {
  const flooding = people.filter((person) => person.account === 'T001');
  const quiet = people.find((person) => person.account === 'T002') as Person;
  const one = async () => {
    const status = await statements.run(quiet.session, 'SELECT 1', pinnedTo('SYSADMIN'));
    if (status.state !== 'succeeded') throw new Error(`The quiet tenant's statement is ${status.state}`);
  };
  const alone = await measure(one, { count: 400, concurrency: 2, warmUp: 40 });
  let stopped = false;
  let done = 0;
  const loops = Array.from({ length: FLOOD }, async (_, index) => {
    const { session } = flooding[index % flooding.length] as Person;
    while (!stopped) {
      await statements.run(session, `SELECT SYSTEM$WAIT(1)`, pinnedTo('SYSADMIN')).then(
        () => (done += 1),
        () => undefined,
      );
    }
  });
  const beside = await measure(one, { count: 400, concurrency: 2, warmUp: 40 });
  stopped = true;
  await Promise.all(loops);
  return [
    { what: 'a statement of a quiet tenant', value: `p95 ${alone.p95Ms.toFixed(1)} ms`, compared: '1' },
    {
      what: `the same while another tenant keeps ${FLOOD} under way or in line (${done} ended)`,
      value: `p95 ${beside.p95Ms.toFixed(1)} ms`,
      compared: `${(beside.p95Ms / alone.p95Ms).toFixed(2)} (goal: at most 2)`,
    },
  ];
}
