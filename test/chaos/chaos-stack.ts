import { DurablePostgres } from '@snowflow/testing/durable-postgres';
import { DurableRedis } from '@snowflow/testing/durable-redis';
import { type Stack, startStack } from '@snowflow/testing/stack';
import { ApiClient } from '../support/api-client';
import { BreakableLine } from '../support/breakable-line';

/** Two replicas of everything, on a Redis and a Postgres that can crash, behind lines that can be cut. */
export interface ChaosStack {
  stack: Stack;
  redis: DurableRedis;
  postgres: DurablePostgres;
  redisLine: BreakableLine;
  postgresLine: BreakableLine;
  /** A client of each gateway, signed in. */
  signedIn(username: string): Promise<ApiClient[]>;
  stop(): Promise<void>;
}

export interface ChaosStackOptions {
  /** Past the lines, that cost this process what the drill needs of it; nothing is cut then. */
  direct?: boolean;
  /** Further variables of the processes of one app, by its name. */
  envOf?: Readonly<Record<string, Record<string, string>>>;
}

export async function startChaosStack({ direct = false, envOf }: ChaosStackOptions = {}): Promise<ChaosStack> {
  const [redis, postgres] = [await DurableRedis.start(), await DurablePostgres.start()];
  const [redisLine, postgresLine] = [await BreakableLine.to(redis.url), await BreakableLine.to(postgres.url)];
  const stack = await startStack({
    replicas: 2,
    envOf,
    env: {
      REDIS_URL: direct ? redis.url : redisLine.url,
      DATABASE_URL: direct ? postgres.url : postgresLine.url,
      EGRESS_PRIVATE_HOSTS: '127.0.0.1',
      THROTTLE_REQUESTS_PER_MINUTE: '1000000',
    },
  });
  return {
    stack,
    redis,
    postgres,
    redisLine,
    postgresLine,
    signedIn: (username) =>
      Promise.all(
        stack.gatewayUrls.map(async (url) => {
          const api = new ApiClient(url);
          await api.connect(username);
          return api;
        }),
      ),
    stop: async () => {
      await stack.stop();
      await Promise.all([redisLine.stop(), postgresLine.stop()]);
      await Promise.all([redis.stop(), postgres.stop()]);
    },
  };
}
