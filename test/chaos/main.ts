import { print, type Row } from '../../bench/report';
import { inLoops } from '../../bench/measure';
import { DurablePostgres } from '@snowflow/testing/durable-postgres';
import { DurableRedis } from '@snowflow/testing/durable-redis';
import { startStack } from '@snowflow/testing/stack';
import { ApiClient } from '../support/api-client';
import { directSql } from '../support/direct-sql';
import { Approver } from './approver';
import { CHAOS_TABLE, chaosKinds, type ChaosKind } from './chaos-kinds';
import { type ChaosRun, runOnce } from './chaos-run';
import { seededRandom } from './seeded-random';
import { Strikes } from './strikes';

const RUNS = Number(process.argv[2] ?? 1_000);
const SEED = Number(process.argv[3] ?? 1);
const AT_ONCE = 24;

/** How the marks in the table compare with what the runs said. */
interface Marks {
  lost: number;
  doubled: number;
  inDoubt: number;
}

/**
 * Two replicas of everything, and runs that read, write and wait for approval, while processes are killed and stopped, Redis and Postgres
 * crash. Every accepted run has to end and be right, and every write to be there once; what nobody can tell is told as that.
 */
async function main(): Promise<boolean> {
  const [redis, postgres] = [await DurableRedis.start(), await DurablePostgres.start()];
  const stack = await startStack({
    replicas: 2,
    env: { REDIS_URL: redis.url, DATABASE_URL: postgres.url, THROTTLE_REQUESTS_PER_MINUTE: '1000000' },
  });
  try {
    await directSql(stack.warehouseUrl, `CREATE TABLE DEMO.PUBLIC.${CHAOS_TABLE} (MARKER VARCHAR)`);
    const signedIn = (username: string) =>
      Promise.all(
        stack.gatewayUrls.map(async (url) => {
          const api = new ApiClient(url);
          await api.connect(username);
          return api;
        }),
      );
    const [runners, approvers] = [await signedIn('demo'), await signedIn('analyst')];
    const random = seededRandom(SEED);
    const strikes = new Strikes(stack, redis, postgres, random);
    const approver = new Approver(approvers);
    const runs: ChaosRun[] = [];
    const broken: string[] = [];
    let turn = 0;
    const startedAt = Date.now();
    approver.begin();
    strikes.begin();
    await inLoops(
      async () => {
        const mine = turn++;
        const kind = chaosKinds[mine % chaosKinds.length] as ChaosKind;
        await runOnce(runners, kind, mine).then(
          (run) => void runs.push(run),
          (error: unknown) => void broken.push(String(error)),
        );
      },
      RUNS,
      AT_ONCE,
    );
    await strikes.end();
    await approver.end();
    const written = await directSql(stack.warehouseUrl, `SELECT MARKER FROM DEMO.PUBLIC.${CHAOS_TABLE}`);
    const marks = marksOf(
      runs,
      written.map(([marker]) => String(marker)),
    );
    const wrong = runs.filter((one) => !isRight(one));
    for (const { kind, run } of wrong.slice(0, 10)) {
      console.error(`${kind.name}: ${run.id} ${run.status} ${JSON.stringify(run.error ?? run.nodes)}`);
    }
    broken.slice(0, 10).forEach((line) => console.error(line));
    print(`Chaos: ${RUNS} runs, seed ${SEED}`, [
      {
        what: 'accepted and ended',
        value: `${runs.length} of ${RUNS}`,
        compared: `in ${((Date.now() - startedAt) / 1000).toFixed(0)} s`,
      },
      { what: 'ended wrong', value: String(wrong.length), compared: 'bar: 0' },
      { what: 'writes lost, doubled', value: `${marks.lost}, ${marks.doubled}`, compared: 'bar: 0, 0' },
      { what: 'writes told as in doubt', value: String(marks.inDoubt), compared: 'OUTCOME_UNKNOWN, not sent again' },
      {
        what: 'approvals decided',
        value: String(approver.decided),
        compared: `${approver.refusedTwice} second decisions refused`,
      },
      ...[...strikes.counts].map(([what, count]): Row => ({ what, value: `${count} times`, compared: '' })),
    ]);
    return runs.length === RUNS && wrong.length === 0 && marks.lost === 0 && marks.doubled === 0;
  } finally {
    await stack.stop();
    await redis.stop();
    await postgres.stop();
  }
}

const isInDoubt = ({ run }: ChaosRun) => run.status === 'failed' && run.error?.code === 'OUTCOME_UNKNOWN';

function isRight(one: ChaosRun): boolean {
  const { kind, run } = one;
  if (kind.marks && isInDoubt(one)) return true;
  return run.status === 'succeeded' && (kind.rowCount === undefined || run.nodes['result']?.rowCount === kind.rowCount);
}

function marksOf(runs: readonly ChaosRun[], written: readonly string[]): Marks {
  const times = new Map<string, number>();
  for (const marker of written) times.set(marker, (times.get(marker) ?? 0) + 1);
  const marking = runs.filter(({ kind }) => kind.marks);
  return {
    lost: marking.filter((one) => !isInDoubt(one) && !times.has(one.marker)).length,
    doubled: [...times.values()].filter((count) => count > 1).length,
    inDoubt: marking.filter(isInDoubt).length,
  };
}

main().then(
  (isGood) => process.exit(isGood ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
