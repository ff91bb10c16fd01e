import { setTimeout as delay } from 'node:timers/promises';
import { print, type Row } from '../../../bench/report';
import { ApiClient, runToEnd } from '../../support/api-client';
import { directSql } from '../../support/direct-sql';
import { sixInARow } from '../../support/document-builder';
import { CHAOS_TABLE, chaosKinds } from '../chaos-kinds';
import { type ChaosRun, runOnce } from '../chaos-run';
import { timesInTable } from '../marks';
import { MoodyReceiver } from '../moody-receiver';
import { acceptedRows } from './accepted-work';
import type { Outage } from './outages';
import { BACK_MS, outageVerdict } from './outage-verdict';
import { outageRow } from './outage-row';
import { ReadinessWatch } from './readiness-watch';
import { RequestProbes } from './request-probes';
import { type LinedStack, SERVICES, startLinedStack } from './service-lines';

const RUNS_AT_ONCE = 6;
const BEFORE_MS = 2_000;
const LONGEST_LOOK_MS = BACK_MS + 2_000;
const LOOK_EVERY_MS = 500;
/** Long enough for who stumbles once more. */
const AFTERWARDS_MS = 3_000;
const KINDS = new Set(['read', 'slow read', 'write', 'webhook', 'wait, write and webhook']);
const RENEW_EVERY_MS = 300_000;

export interface OutageOptions {
  title: string;
  outages(lined: LinedStack): readonly Outage[];
  /** Only those whose name this fits. */
  only: RegExp;
}

/**
 * One outage after the other while somebody reads and writes and runs are under way: each service says when it can't work, all works again
 * by itself soon afterwards, and what was accepted is there.
 */
export async function outageDrill({ title, outages, only }: OutageOptions): Promise<boolean> {
  const lined = await startLinedStack();
  let receiver: MoodyReceiver | undefined;
  try {
    const asked = outages(lined).filter(({ name }) => only.test(name));
    if (asked.length === 0) throw new Error(`No outage has a name that fits ${only.source}`);
    const { gatewayUrl, gatewayUrls, warehouseUrl } = lined.stack;
    await directSql(warehouseUrl, `CREATE TABLE DEMO.PUBLIC.${CHAOS_TABLE} (MARKER VARCHAR)`);
    receiver = await MoodyReceiver.start([], () => 1);
    const api = new ApiClient(gatewayUrl);
    await api.connect('demo');
    const { id: read } = await runToEnd(api, { definition: sixInARow() });
    const signedIn = setInterval(() => {
      api.refresh(Date.now() + RENEW_EVERY_MS, gatewayUrls).catch(console.error);
    }, RENEW_EVERY_MS);
    const work = new Work(api, receiver.url);
    const saved: string[] = [];
    const rows: Row[] = [];
    let isGood = true;
    for (const outage of asked) {
      const seen = await during(outage, lined, api, read);
      saved.push(...seen.saved);
      const verdict = outageVerdict({ ...seen, struck: outage.struck });
      rows.push(outageRow(outage.name, seen.endedMs - seen.beganMs, verdict));
      isGood &&= verdict.faults.length === 0;
      console.error(`${rows.at(-1)?.what}: ${rows.at(-1)?.value}, ${rows.at(-1)?.compared}`);
    }
    await work.end();
    clearInterval(signedIn);
    const found = { table: await timesInTable(warehouseUrl), receiver: receiver.timesByMarker() };
    const accepted = await acceptedRows(api, saved, work, found);
    print(title, [...rows, ...accepted.rows]);
    return isGood && accepted.isGood;
  } finally {
    await lined.stop();
    await receiver?.stop();
  }
}

async function during(outage: Outage, { stack }: LinedStack, api: ApiClient, read: string) {
  const watch = new ReadinessWatch(stack.healthUrls, SERVICES);
  const probes = new RequestProbes(api, read);
  await delay(BEFORE_MS);
  const beganMs = Date.now();
  await outage.happen();
  const endedMs = Date.now();
  const [samples, answers] = [watch.samples, probes.answers];
  const isBack = () => outageVerdict({ beganMs, endedMs, struck: outage.struck, samples, answers }).isBack;
  while (!isBack() && Date.now() - endedMs < LONGEST_LOOK_MS) await delay(LOOK_EVERY_MS);
  await delay(AFTERWARDS_MS);
  await Promise.all([watch.end(), probes.end()]);
  return { beganMs, endedMs, samples, answers, saved: probes.saved };
}

/** Runs that are begun and asked for until they have ended, whatever happens. */
class Work {
  readonly ended: ChaosRun[] = [];
  readonly broken: string[] = [];
  private turn = 0;
  private isOver = false;
  private readonly working: Promise<unknown>;

  constructor(
    private readonly api: ApiClient,
    receiverUrl: string,
  ) {
    const kinds = chaosKinds(receiverUrl, '', () => Promise.resolve()).filter(({ name }) => KINDS.has(name));
    this.working = Promise.all(Array.from({ length: RUNS_AT_ONCE }, () => this.runOnAndOn(kinds)));
  }

  async end(): Promise<void> {
    this.isOver = true;
    await this.working;
  }

  private async runOnAndOn(kinds: ReturnType<typeof chaosKinds>): Promise<void> {
    while (!this.isOver) {
      const mine = this.turn++;
      const kind = kinds[mine % kinds.length];
      if (!kind) return;
      await runOnce([this.api], kind, mine, Math.random).then(
        (run) => void this.ended.push(run),
        (error: unknown) => void this.broken.push(String(error)),
      );
    }
  }
}
