import { setTimeout as delay } from 'node:timers/promises';
import { print } from '../../../bench/report';
import { directSql } from '../../support/direct-sql';
import { CHAOS_TABLE, chaosKinds } from '../chaos-kinds';
import { type ChaosStack, startChaosStack } from '../chaos-stack';
import { timesInTable } from '../marks';
import { MoodyReceiver } from '../moody-receiver';
import { Balancer } from './balancer';
import { EventFollower } from './event-follower';
import { LoadMix } from './load-mix';
import { OpenLoop } from './open-loop';
import { PlainClient } from './plain-client';
import { type RollingOutcome, rollingVerdict } from './rolling-verdict';
import { RunsInFlight } from './runs-in-flight';
import { startBehind } from './start-behind';
import { Tally } from './tally';

const APPS = ['auth', 'catalog', 'connection-manager', 'workflow', 'worker', 'gateway'];
const REPLICAS = [0, 1];
/** What k8s/base lets a gateway wait between its leaving of the endpoints and its signal. */
const PRE_STOP_MS = 5_000;
/** What has just started answers more slowly at first: the next is not replaced at once. */
const BETWEEN_MS = 5_000;
const WARM_UP_MS = 15_000;
const KINDS = new Set(['read', 'slow read', 'write', 'webhook', 'wait, write and webhook']);

export interface RollingOptions {
  perSecond: number;
  runsAtOnce: number;
  /** Only the programs whose name this fits are replaced. */
  only: RegExp;
}

/**
 * Replaces each process after the other while people read and write at a steady rate and runs are under way, as a rollout does: nobody may
 * notice.
 */
export async function rollingDrill(options: RollingOptions): Promise<boolean> {
  if (!APPS.some((name) => options.only.test(name))) throw new Error(`No program fits ${options.only.source}`);
  const chaos = await startChaosStack({ direct: true });
  const { gatewayUrls, healthUrls, warehouseUrl } = chaos.stack;
  const balancer = await Balancer.before(gatewayUrls, healthUrls['gateway'] ?? []);
  const tally = new Tally();
  const api = new PlainClient(balancer.url, (...noted) => tally.note(...noted));
  let receiver: MoodyReceiver | undefined;
  try {
    await directSql(warehouseUrl, `CREATE TABLE DEMO.PUBLIC.${CHAOS_TABLE} (MARKER VARCHAR)`);
    receiver = await MoodyReceiver.start([], () => 1);
    await api.connect('demo');
    const outcome = await drill(options, chaos, balancer, api, tally, receiver);
    const { isGood, rows } = rollingVerdict(outcome);
    print(`Rolling restart: ${options.perSecond} requests a second, ${options.runsAtOnce} runs under way`, rows);
    return isGood;
  } finally {
    api.close();
    await balancer.stop();
    await chaos.stop();
    await receiver?.stop();
  }
}

async function drill(
  { perSecond, runsAtOnce, only }: RollingOptions,
  chaos: ChaosStack,
  balancer: Balancer,
  api: PlainClient,
  tally: Tally,
  receiver: MoodyReceiver,
): Promise<RollingOutcome> {
  const events = new EventFollower(api, (...noted) => tally.note(...noted));
  const kinds = chaosKinds(receiver.url, '', () => Promise.resolve()).filter(({ name }) => KINDS.has(name));
  const runs = new RunsInFlight(api, events, kinds);
  const mix = await LoadMix.prepare(api, () => runs.ids);
  const load = new OpenLoop(perSecond, () => mix.next());
  runs.begin(runsAtOnce);
  load.begin();
  await delay(WARM_UP_MS);
  tally.startAnew();
  const startedAt = Date.now();
  const restarts = await replaceAll(only, chaos, balancer, tally);
  await load.end();
  const tookMs = Date.now() - startedAt;
  await runs.end();
  const astray = await mix.astray();
  const found = { table: await timesInTable(chaos.stack.warehouseUrl), receiver: receiver.timesByMarker() };
  const { accepted, ended, lost } = runs;
  return {
    tookMs,
    tally,
    accepted,
    ended,
    lost,
    found,
    astray,
    saves: mix.saves,
    streams: events,
    sentAgain: api.sentAgain,
    restarts,
  };
}

async function replaceAll(
  only: RegExp,
  { stack }: ChaosStack,
  balancer: Balancer,
  tally: Tally,
): Promise<RollingOutcome['restarts'][number][]> {
  const restarts: RollingOutcome['restarts'][number][] = [];
  for (const app of APPS.filter((name) => only.test(name))) {
    for (const index of REPLICAS) {
      if (app === 'gateway') {
        balancer.takeOut(index);
        await delay(PRE_STOP_MS);
      }
      const signalledAt = Date.now();
      await stack.kill(app, index, 'SIGTERM');
      const endedAt = Date.now();
      if (app === 'gateway') balancer.putBack(index);
      await startBehind(stack);
      restarts.push({ name: `${app} ${index}`, endedMs: endedAt - signalledAt, readyMs: Date.now() - endedAt });
      await delay(BETWEEN_MS);
      console.error(`${app} ${index} was replaced; ${tally.asked} requests, ${tally.failed} failed`);
    }
  }
  return restarts;
}
