import { inLoops } from '../../bench/measure';
import { print } from '../../bench/report';
import type { ApiClient } from '../support/api-client';
import { directSql } from '../support/direct-sql';
import { Approver } from './approver';
import { CHAOS_TABLE, type ChaosKind, chaosKinds, GATE_TABLE, itemWorkflow } from './chaos-kinds';
import { type ChaosRun, runOnce } from './chaos-run';
import { type ChaosStack, startChaosStack } from './chaos-stack';
import { clocksApart } from './clocks-apart';
import { figuresOf } from './figures';
import { answersWhileAway } from './insist';
import { timesInTable } from './marks';
import { MoodyReceiver } from './moody-receiver';
import { revive } from './revive';
import { seededRandom } from './seeded-random';
import { lineStrikes, processStrikes } from './strike-kinds';
import { Strikes } from './strikes';
import { isRight } from './verdict';

const AT_ONCE = 24;
const BETWEEN_STRIKES_MS = 4_000;
const SHOWN = 10;
const TELL_EVERY_MS = 10_000;
/** Access tokens live for a quarter of an hour; half of the time is left for what is away. */
const RENEW_EVERY_MS = 300_000;

export interface RunsDrillOptions {
  asked: number;
  seed: number;
  /** By how much the clocks of every other service are ahead, and those of the others behind; nothing is struck then. */
  apartMs?: number;
}

/**
 * Two replicas of everything, and runs that read, write, call a receiver and wait for approval, are cancelled, retried or take too long,
 * while processes are killed and stopped, Redis and Postgres crash, the warehouse stands still and lines are cut. Every accepted run has to end and be right, and every effect to be there once; what nobody
 * can tell is told as that.
 */
export async function runsDrill(options: RunsDrillOptions): Promise<boolean> {
  const { seed, apartMs } = options;
  const chaos = await startChaosStack(apartMs === undefined ? {} : { direct: true, envOf: clocksApart(apartMs) });
  const random = seededRandom(seed);
  let receiver: MoodyReceiver | undefined;
  try {
    const runners = await chaos.signedIn('demo');
    receiver = await MoodyReceiver.start(await webhookKeys(runners), random);
    return await drill(chaos, runners, receiver, random, options);
  } finally {
    await chaos.stop();
    await receiver?.stop();
  }
}

async function drill(
  chaos: ChaosStack,
  runners: readonly ApiClient[],
  receiver: MoodyReceiver,
  random: () => number,
  { asked, seed, apartMs }: RunsDrillOptions,
): Promise<boolean> {
  const { stack } = chaos;
  for (const table of [CHAOS_TABLE, GATE_TABLE]) {
    await directSql(stack.warehouseUrl, `CREATE TABLE DEMO.PUBLIC.${table} (MARKER VARCHAR)`);
  }
  const approvers = await chaos.signedIn('analyst');
  const approver = new Approver(approvers);
  const strikes =
    apartMs === undefined
      ? [
          new Strikes(processStrikes(chaos, random), () => revive(stack), BETWEEN_STRIKES_MS, random),
          new Strikes(lineStrikes(chaos, random), () => Promise.resolve(), BETWEEN_STRIKES_MS, random),
        ]
      : [];
  const runs: ChaosRun[] = [];
  const broken: string[] = [];
  const openGate = async (marker: string) =>
    void (await directSql(stack.warehouseUrl, `INSERT INTO DEMO.PUBLIC.${GATE_TABLE} VALUES ('${marker}')`));
  const kinds = chaosKinds(receiver.url, await save(runners, itemWorkflow(receiver.url)), openGate);
  const startedAt = Date.now();
  const told = setInterval(() => {
    const last = strikes.map(({ latest }) => latest).join('; ');
    console.error(`${runs.length} ended, ${broken.length} not, of ${asked}. Latest strikes: ${last}`);
  }, TELL_EVERY_MS);
  const signedIn = setInterval(() => {
    for (const api of [...runners, ...approvers]) {
      api.refresh(Date.now() + RENEW_EVERY_MS, stack.gatewayUrls).catch(console.error);
    }
  }, RENEW_EVERY_MS);
  approver.begin();
  strikes.forEach((each) => each.begin());
  await runAll(asked, runners, kinds, random, runs, broken);
  const tookMs = Date.now() - startedAt;
  clearInterval(told);
  clearInterval(signedIn);
  for (const each of strikes) await each.end();
  await approver.end();
  runs
    .filter((one) => !isRight(one))
    .slice(0, SHOWN)
    .forEach(tell);
  broken.slice(0, SHOWN).forEach((line) => console.error(line));
  const found = { table: await timesInTable(stack.warehouseUrl), receiver: receiver.timesByMarker() };
  const outcome = { asked, runs, tookMs, found, approver, receiver, strikes, answersWhileAway };
  const { isGood, rows } = figuresOf(outcome);
  const clocks = apartMs === undefined ? '' : `, clocks ${Math.abs(2 * apartMs)} ms apart`;
  print(`Chaos: ${asked} runs, seed ${seed}${clocks}`, rows);
  return isGood;
}

async function runAll(
  asked: number,
  runners: readonly ApiClient[],
  kinds: readonly ChaosKind[],
  random: () => number,
  runs: ChaosRun[],
  broken: string[],
): Promise<void> {
  let turn = 0;
  const work = async () => {
    const mine = turn++;
    await runOnce(runners, kinds[mine % kinds.length] as ChaosKind, mine, random).then(
      (run) => void runs.push(run),
      (error: unknown) => void broken.push(String(error)),
    );
  };
  await inLoops(work, asked, AT_ONCE);
}

async function webhookKeys([api]: readonly ApiClient[]): Promise<string[]> {
  const reply = await api?.call<{ keys: { secret: string }[] }>('GET', '/admin/webhook-key');
  return (reply?.body.keys ?? []).map(({ secret }) => secret);
}

async function save([api]: readonly ApiClient[], definition: object): Promise<string> {
  const reply = await api?.call<{ id: string }>('POST', '/workflows/save', { body: { definition } });
  return reply?.body.id ?? '';
}

function tell({ kind, run }: ChaosRun): void {
  console.error(`${kind.name}: ${run.id} ${run.status} ${JSON.stringify(run.error)} ${JSON.stringify(run.nodes)}`);
}
