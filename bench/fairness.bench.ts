import { eventually } from '@snowflow/testing/eventually';
import { startStack } from '@snowflow/testing/stack';
import { ApiClient, type Run, runToEnd } from '../test/support/api-client';
import { drawnGraph } from './graphs/drawn-graph';
import { openLoop } from './load/open-loop';
import { startAndWatch } from './load/run-start';
import { inLoops, summed } from './measure';
import type { Row } from './report';

const EVERY_MS = 250;
const RUNS = 80;
/** As many runs of the flood as are in the queue or under way at any moment. */
const FLOOD = 200;
/** The worker's places: the flood takes all of them, so a run of somebody else waits for the next that is free. */
const AT_ONCE = 4;

/** How soon a quiet tenant's runs begin, alone and while another tenant's runs wait by the hundred. */
export async function run(): Promise<Row[]> {
  const stack = await startStack({
    env: {
      THROTTLE_REQUESTS_PER_MINUTE: '1000000',
      RUN_CONCURRENCY: String(AT_ONCE),
      // All of the flood comes at once.
      REQUESTS_AT_ONCE: String(FLOOD * 2),
    },
  });
  try {
    const quiet = new ApiClient(stack.gatewayUrl);
    const loud = new ApiClient(stack.gatewayUrl);
    await quiet.connect('demo', 'demo', 'demo2');
    await loud.connect('demo');
    const quietId = await saved(quiet, drawnGraph(5, 1));
    const loudId = await saved(loud, drawnGraph(5, 1));
    await inLoops(async () => void (await runToEnd(quiet, { workflowId: quietId })), 200, 4);

    const alone = await starts(quiet, quietId);
    const flood = new Flood(loud, loudId);
    await flood.hasRisen();
    const beside = await starts(quiet, quietId);
    await flood.ebb();
    return [
      { what: `a run every ${EVERY_MS} ms, accepted to first node, as recorded`, value: told(alone), compared: '1' },
      {
        what: `the same while another tenant has ${FLOOD} runs under way or waiting (${flood.ended} ended)`,
        value: told(beside),
        compared: `p95 ${(beside.p95Ms / alone.p95Ms).toFixed(2)} of it`,
      },
    ];
  } finally {
    await stack.stop();
  }
}

async function saved(api: ApiClient, definition: object): Promise<string> {
  const reply = await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition } });
  if (reply.status !== 201) throw new Error(`save: ${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body.id;
}

async function starts(api: ApiClient, workflowId: string) {
  const times: number[] = [];
  const startedAt = performance.now();
  await openLoop(async () => void times.push((await startAndWatch(api, workflowId)).recordedMs), {
    perSecond: 1000 / EVERY_MS,
    count: RUNS,
  });
  return summed(times, performance.now() - startedAt);
}

/** Keeps a number of runs in the queue: each that ends is followed by another. */
class Flood {
  ended = 0;
  private isOver = false;
  private readonly loops: Promise<void>;

  constructor(api: ApiClient, workflowId: string) {
    const next = async () => {
      while (!this.isOver) {
        const headers = { prefer: 'wait=60' };
        const reply = await api.call<Run>('POST', '/workflows/run', { body: { workflowId }, headers });
        // On a slow machine some wait in line for longer than that.
        if (reply.status > 202) throw new Error(`flood: ${reply.status} ${JSON.stringify(reply.body)}`);
        if (reply.body.status === 'succeeded') this.ended += 1;
      }
    };
    this.loops = Promise.all(Array.from({ length: FLOOD }, next)).then(() => undefined);
    this.loops.catch(() => undefined);
  }

  /** It has risen when so many have ended that all that came since wait in line. */
  async hasRisen(): Promise<void> {
    await Promise.race([this.loops, eventually(() => this.ended >= AT_ONCE * 10, 60_000)]);
  }

  async ebb(): Promise<void> {
    this.isOver = true;
    await this.loops;
  }
}

const told = ({ p50Ms, p95Ms }: { p50Ms: number; p95Ms: number }) =>
  `p50 ${p50Ms.toFixed(0)} ms, p95 ${p95Ms.toFixed(0)} ms`;
