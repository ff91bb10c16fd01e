import { DurablePostgres } from '@snowflow/testing/durable-postgres';
import { DurableRedis } from '@snowflow/testing/durable-redis';
import { freePort } from '@snowflow/testing/free-port';
import { type Stack, startStack } from '@snowflow/testing/stack';
import { BreakableLine } from '../../support/breakable-line';

/** Every service leans on Redis; these lean on Postgres too. */
export const SERVICES = ['gateway', 'auth', 'catalog', 'workflow', 'worker', 'connection-manager'];
export const ON_POSTGRES = ['auth', 'workflow', 'worker'];
const READ_ROWS = ['gateway', 'worker'];

/** One line of one service. */
export interface ServiceLine {
  app: string;
  to: 'Redis' | 'Postgres' | 'rows' | 'warehouse';
  line: BreakableLine;
}

/** One of each service, each with lines of its own to what it leans on. */
export interface LinedStack {
  stack: Stack;
  redis: DurableRedis;
  postgres: DurablePostgres;
  lines: readonly ServiceLine[];
  stop(): Promise<void>;
}

export async function startLinedStack(): Promise<LinedStack> {
  const [redis, postgres, rowsPort] = [await DurableRedis.start(), await DurablePostgres.start(), await freePort()];
  const later = 'http://127.0.0.1:9';
  const lines: ServiceLine[] = [
    ...(await all(SERVICES, 'Redis', redis.url)),
    ...(await all(ON_POSTGRES, 'Postgres', postgres.url)),
    ...(await all(READ_ROWS, 'rows', `http://127.0.0.1:${rowsPort}`)),
    ...(await all(['connection-manager'], 'warehouse', later)),
  ];
  const stack = await startStack({
    replicas: 1,
    env: {
      REDIS_URL: redis.url,
      DATABASE_URL: postgres.url,
      EGRESS_PRIVATE_HOSTS: '127.0.0.1',
      THROTTLE_REQUESTS_PER_MINUTE: '1000000',
    },
    envOf: Object.fromEntries(SERVICES.map((app) => [app, { ...ownLines(lines, app), ...rowsOf(app, rowsPort) }])),
  });
  for (const { to, line } of lines) if (to === 'warehouse') line.leadTo(stack.warehouseUrl);
  return {
    stack,
    redis,
    postgres,
    lines,
    stop: async () => {
      await stack.stop();
      await Promise.all(lines.map(({ line }) => line.stop()));
      await Promise.all([redis.stop(), postgres.stop()]);
    },
  };
}

const all = (apps: readonly string[], to: ServiceLine['to'], url: string) =>
  Promise.all(apps.map(async (app): Promise<ServiceLine> => ({ app, to, line: await BreakableLine.to(url) })));

const VARIABLES: Readonly<Record<ServiceLine['to'], string>> = {
  Redis: 'REDIS_URL',
  Postgres: 'DATABASE_URL',
  rows: 'CONNECTIONS_ROWS_URLS',
  warehouse: 'DEMO_WAREHOUSE_URL',
};

const ownLines = (lines: readonly ServiceLine[], app: string): Record<string, string> =>
  Object.fromEntries(lines.filter((each) => each.app === app).map(({ to, line }) => [VARIABLES[to], line.url]));

const rowsOf = (app: string, port: number): Record<string, string> =>
  app === 'connection-manager' ? { CONNECTIONS_ROWS_PORT: String(port) } : {};
