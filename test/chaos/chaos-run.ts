import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient, Run } from '../support/api-client';
import type { ChaosKind } from './chaos-kinds';
import { insist } from './insist';

const ENDED = new Set(['succeeded', 'failed', 'cancelled']);
const LONGEST_MS = 240_000;
const LOOK_EVERY_MS = 500;
const LATEST_CANCEL_MS = 3_000;

/** A run that was accepted, and how it ended. */
export interface ChaosRun {
  kind: ChaosKind;
  marker: string;
  run: Run;
  /** Where it was tried again: the run that failed. */
  before?: Run;
  /** From its acceptance to its end, as somebody sees it who looks from time to time. */
  tookMs: number;
}

/** Starts a run under an idempotency key, so that an answer that got lost is asked for again, and watches it to its end. */
export async function runOnce(
  gateways: readonly ApiClient[],
  kind: ChaosKind,
  turn: number,
  random: () => number,
): Promise<ChaosRun> {
  const marker = randomUUID();
  const caller = new Caller(gateways, turn);
  const parameters = kind.definition.parameters.length > 0 ? { parameters: { marker } } : {};
  const runId = await caller.accepted('/workflows/run', { definition: kind.definition, ...parameters });
  const acceptedAt = Date.now();
  if (kind.isCancelled) {
    await caller.once(runId, kind, ({ status }) => status !== 'queued');
    await delay(random() * LATEST_CANCEL_MS);
    await caller.cancel(runId);
  }
  const run = await caller.once(runId, kind, ({ status }) => ENDED.has(status));
  const one = { kind, marker, run, tookMs: Date.now() - acceptedAt };
  // What nobody can tell is not tried again: whoever looks decides.
  const isInDoubt = kind.effects.some(({ node }) => run.nodes[node]?.error?.code === 'OUTCOME_UNKNOWN');
  if (!kind.mended || run.status !== 'failed' || isInDoubt) return one;
  await kind.mended(marker);
  const again = await caller.accepted(`/runs/${runId}/retry`);
  const retried = await caller.once(again, kind, ({ status }) => ENDED.has(status));
  return { ...one, run: retried, before: run, tookMs: Date.now() - acceptedAt };
}

/** Somebody behind what stands before all gateways. */
class Caller {
  constructor(
    private readonly gateways: readonly ApiClient[],
    private attempt: number,
  ) {}

  /** The id of the run that is begun. */
  async accepted(path: string, body?: object): Promise<string> {
    const headers = { 'idempotency-key': randomUUID() };
    const reply = await insist((signal) => this.any().call<{ runId: string }>('POST', path, { headers, body, signal }));
    if (reply.status !== 202) throw new Error(`${path} was answered by ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body.runId;
  }

  /** Where the answer of an earlier call got lost, the run may have ended by it; how it ended is for the verdict. */
  async cancel(runId: string): Promise<void> {
    const reply = await insist((signal) => this.any().call('POST', `/runs/${runId}/cancel`, { signal }));
    if (reply.status >= 300 && reply.status !== 409)
      throw new Error(`A cancel was answered by ${reply.status} ${JSON.stringify(reply.body)}`);
  }

  /** The run as soon as it is so. */
  async once(runId: string, { name }: ChaosKind, isSo: (run: Run) => boolean): Promise<Run> {
    for (const giveUpAt = Date.now() + LONGEST_MS; ; await delay(LOOK_EVERY_MS)) {
      const { status, body: run } = await insist((signal) => this.any().call<Run>('GET', `/runs/${runId}`, { signal }));
      if (status !== 200) throw new Error(`The run ${runId} is answered by ${status} ${JSON.stringify(run)}`);
      if (isSo(run)) return run;
      if (Date.now() > giveUpAt)
        throw new Error(`The run ${runId} of kind ${name} is still ${run.status}: ${JSON.stringify(run.nodes)}`);
    }
  }

  private any(): ApiClient {
    return this.gateways[this.attempt++ % this.gateways.length] as ApiClient;
  }
}
