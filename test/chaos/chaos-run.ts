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
  /** From its acceptance to its end, as somebody sees it who looks from time to time. */
  tookMs: number;
}

/** Starts a run under an idempotency key, so that an answer that got lost is asked for again, and watches it to its end. */
export async function runOnce(gateways: readonly ApiClient[], kind: ChaosKind, turn: number): Promise<ChaosRun> {
  const marker = randomUUID();
  let attempt = turn;
  const balanced = () => gateways[attempt++ % gateways.length] as ApiClient;
  const headers = { 'idempotency-key': randomUUID() };
  const parameters = kind.definition.parameters.length > 0 ? { parameters: { marker } } : {};
  const body = { definition: kind.definition, ...parameters };
  const accepted = await insist((signal) =>
    balanced().call<{ runId: string }>('POST', '/workflows/run', { headers, body, signal }),
  );
  if (accepted.status !== 202)
    throw new Error(`A start was answered by ${accepted.status} ${JSON.stringify(accepted.body)}`);
  const acceptedAt = Date.now();
  const giveUpAt = acceptedAt + LONGEST_MS;
  for (;;) {
    const { status, body: run } = await insist((signal) =>
      balanced().call<Run>('GET', `/runs/${accepted.body.runId}`, { signal }),
    );
    if (status !== 200)
      throw new Error(`The run ${accepted.body.runId} is answered by ${status} ${JSON.stringify(run)}`);
    if (ENDED.has(run.status)) return { kind, marker, run, tookMs: Date.now() - acceptedAt };
    if (Date.now() > giveUpAt)
      throw new Error(`The run ${run.id} of kind ${kind.name} is still ${run.status}: ${JSON.stringify(run.nodes)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
