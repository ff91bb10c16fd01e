import { setTimeout as delay } from 'node:timers/promises';
import type { BreakableLine } from '../support/breakable-line';
import type { ChaosStack } from './chaos-stack';
import { revive } from './revive';

/** Something bad that happens; `share` of all strikes of its sort are of this kind. */
export interface StrikeKind {
  name: string;
  share: number;
  strike(): Promise<void>;
}

const APPS = ['gateway', 'auth', 'catalog', 'workflow', 'worker', 'worker', 'connection-manager'];
/** The longest is longer than a worker's lease. */
const STOPPED_MS = [1_000, 3_000, 9_000, 18_000];
const AWAY_MS = [500, 2_000, 5_000];
const SILENT_MS = [2_000, 5_000, 9_000];

/** What happens to processes: killed, stopped for a while, replaced one after the other; and to the servers they lean on. */
export function processStrikes({ stack, redis, postgres }: ChaosStack, random: () => number): StrikeKind[] {
  const one = () => (random() < 0.5 ? 0 : 1);
  return APPS.flatMap((app): StrikeKind[] => [
    { name: `${app} killed`, share: 5, strike: () => stack.kill(app, one(), 'SIGKILL') },
    {
      name: `${app} stopped for a while`,
      share: 2,
      strike: async () => {
        const index = one();
        await stack.kill(app, index, 'SIGSTOP');
        await delay(anyOf(STOPPED_MS, random));
        await stack.kill(app, index, 'SIGCONT');
      },
    },
    {
      name: `${app} replaced, one replica after the other`,
      share: 2,
      strike: async () => {
        await stack.kill(app, 0, 'SIGTERM');
        await revive(stack);
        await stack.kill(app, 1, 'SIGTERM');
      },
    },
  ]).concat([
    { name: 'Redis killed', share: 8, strike: () => redis.restart('SIGKILL', anyOf(AWAY_MS, random)) },
    { name: 'Postgres crashed', share: 8, strike: () => postgres.crash(anyOf(AWAY_MS, random)) },
    {
      // Not killed: it is the accounts' data.
      name: 'warehouse stopped for a while',
      share: 8,
      strike: async () => {
        await stack.kill('local-warehouse', 0, 'SIGSTOP');
        await delay(anyOf(SILENT_MS, random));
        await stack.kill('local-warehouse', 0, 'SIGCONT');
      },
    },
  ]);
}

/** What happens to the lines between services and their servers: all cut for a while, some broken at once, nothing getting through. */
export function lineStrikes({ redisLine, postgresLine }: ChaosStack, random: () => number): StrikeKind[] {
  const on = (name: string, line: BreakableLine): StrikeKind[] => [
    { name: `${name} cut off`, share: 1, strike: () => line.cutFor(anyOf(AWAY_MS, random)) },
    { name: `${name}: some lines broken`, share: 2, strike: async () => line.cutSome(() => random() < 0.3) },
    { name: `${name}: lines stalled`, share: 1, strike: () => line.stallFor(anyOf(AWAY_MS, random)) },
  ];
  return [...on('Redis', redisLine), ...on('Postgres', postgresLine)];
}

const anyOf = (values: readonly number[], random: () => number) =>
  values[Math.floor(random() * values.length)] as number;
