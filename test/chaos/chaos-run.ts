import { randomUUID } from 'node:crypto';
import type { ApiClient, Run } from '../support/api-client';
import type { ChaosKind } from './chaos-kinds';
import { insist } from './insist';

const ENDED = new Set(['succeeded', 'failed', 'cancelled']);
const LONGEST_MS = 240_000;

/** A run that was accepted, and how it ended. */
export interface ChaosRun {
  kind: ChaosKind;
  marker: string;
  run: Run;
}

/** Starts a run under an idempotency key, so that an answer that got lost is asked for again, and watches it to its end. */
export async function runOnce(gateways: readonly ApiClient[], kind: ChaosKind, turn: number): Promise<ChaosRun> {
  const marker = randomUUID();
  let attempt = turn;
  const balanced = () => gateways[attempt++ % gateways.length] as ApiClient;
  const headers = { 'idempotency-key': randomUUID() };
  const body = { definition: kind.definition, ...(kind.marks || kind.calls ? { parameters: { marker } } : {}) };
  const accepted = await insist(() => balanced().call<{ runId: string }>('POST', '/workflows/run', { headers, body }));
  if (accepted.status !== 202)
    throw new Error(`A start was answered by ${accepted.status} ${JSON.stringify(accepted.body)}`);
  const giveUpAt = Date.now() + LONGEST_MS;
  for (;;) {
    const { status, body: run } = await insist(() => balanced().call<Run>('GET', `/runs/${accepted.body.runId}`));
    if (status !== 200)
      throw new Error(`The run ${accepted.body.runId} is answered by ${status} ${JSON.stringify(run)}`);
    if (ENDED.has(run.status)) return { kind, marker, run };
    if (Date.now() > giveUpAt)
      throw new Error(`The run ${run.id} of kind ${kind.name} is still ${run.status}: ${JSON.stringify(run.nodes)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
