import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { availableParallelism } from 'node:os';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { startStack } from '@snowflow/testing/stack';
import { drawnGraph } from '../../bench/graphs/drawn-graph';
import { measureFor } from '../../bench/measure';
import type { Row } from '../../bench/report';
import { ApiClient, type Run } from '../support/api-client';
import { DocumentBuilder } from '../support/document-builder';
import type { Verdict } from './overload';
import { figuresOf } from './process-figures';

const REPLICAS = [1, 2, 3];
const SECONDS = 20;
/** Runs that a worker executes at once, so few that runs that only wait fill them. */
const RUNS_AT_ONCE = 8;
const WAIT_SECONDS = 2;
/** What more of them are worth where runs only wait: three replicas are to do at least this share of three times one. */
const LEAST_EFFICIENCY = 0.8;

interface Load {
  name: string;
  isWaiting: boolean;
  document: WorkflowDocument;
  atOnce: number;
}

const loadsBeside = (receiverUrl: string): Load[] => [
  {
    name: 'processor-bound (200 nodes, one statement over 25 rows)',
    isWaiting: false,
    document: drawnGraph(200, 1),
    atOnce: 24,
  },
  {
    name: `wait-bound (a webhook that is answered after ${WAIT_SECONDS} s)`,
    isWaiting: true,
    document: new DocumentBuilder('Waits')
      .node('values', 'source.values', { columns: [{ name: 'N', type: 'NUMBER(5,0)' }], rows: [[1]] })
      .node('tell', 'output.notification', { channel: 'webhook', url: receiverUrl, body: '{}' }, 'values')
      .build(),
    atOnce: RUNS_AT_ONCE * (REPLICAS.length + 1),
  },
];

interface Measured {
  replicas: number;
  perSecond: number;
  /** Processors that workflow and worker used, and that all processes of the stack did. */
  ours: number;
  all: number;
}

/** The same work on one, two and three replicas of workflow and worker; all else there is once. */
export async function scale(): Promise<Verdict> {
  const receiver = createServer((request, response) => {
    request.resume().on('end', () => void setTimeout(() => response.end(), WAIT_SECONDS * 1000));
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  const loads = loadsBeside(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
  const found = new Map<Load, Measured[]>(loads.map((load) => [load, []]));
  for (const replicas of REPLICAS) {
    for (const [load, one] of await measureAll(loads, replicas)) found.get(load)?.push(one);
  }
  receiver.closeAllConnections();
  receiver.close();
  return {
    isGood: [...found].every(([{ isWaiting }, all]) => !isWaiting || efficiencyOf(all) >= LEAST_EFFICIENCY),
    rows: [...found].flatMap(([load, all]) => rowsOf(load, all)),
  };
}

async function measureAll(loads: readonly Load[], replicas: number): Promise<[Load, Measured][]> {
  const stack = await startStack({
    replicas: 1,
    replicasOf: { workflow: replicas, worker: replicas },
    env: {
      THROTTLE_REQUESTS_PER_MINUTE: '100000000',
      RUN_CONCURRENCY: String(RUNS_AT_ONCE),
      EGRESS_HOSTS: '127.0.0.1',
      EGRESS_PRIVATE_HOSTS: '127.0.0.1',
    },
  });
  try {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const measured: [Load, Measured][] = [];
    for (const load of loads) {
      const { document, atOnce } = load;
      const { body } = await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition: document } });
      const before = await figuresOf(stack);
      const from = performance.now();
      const { perSecond } = await measureFor(() => runOnce(api, body.id), { seconds: SECONDS, concurrency: atOnce });
      const seconds = (performance.now() - from) / 1000;
      const used = (await figuresOf(stack)).map(({ process, pid, cpuSeconds }) => ({
        process,
        processors: (cpuSeconds - (before.find((one) => one.pid === pid)?.cpuSeconds ?? 0)) / seconds,
      }));
      const sum = (of: typeof used) => of.reduce((total, { processors }) => total + processors, 0);
      const ours = sum(used.filter(({ process }) => /^work(flow|er)\b/.test(process)));
      measured.push([load, { replicas, perSecond, ours, all: sum(used) }]);
    }
    return measured;
  } finally {
    await stack.stop();
  }
}

/** Under a key, so that a start whose outcome nobody knows, or that has not ended yet, is asked for again. */
async function runOnce(api: ApiClient, workflowId: string): Promise<void> {
  const headers = { prefer: 'wait=60', 'idempotency-key': randomUUID() };
  for (;;) {
    const { status, body } = await api.call<Run>('POST', '/workflows/run', { body: { workflowId }, headers });
    if (status === 200 && body.status === 'succeeded') return;
    if (status !== 202 && status !== 503) throw new Error(`A run is answered ${status} ${JSON.stringify(body)}`);
  }
}

/** Of the most replicas: what they do, of what so many times one would. */
function efficiencyOf(measured: readonly Measured[]): number {
  const [first, last] = [measured[0], measured.at(-1)];
  return first && last ? last.perSecond / (first.perSecond * last.replicas) : Number.NaN;
}

function rowsOf({ name, isWaiting }: Load, measured: readonly Measured[]): Row[] {
  const one = measured[0]?.perSecond ?? Number.NaN;
  return measured.map(({ replicas, perSecond, ours, all }) => {
    const efficiency = perSecond / (one * replicas);
    const goal =
      isWaiting && replicas === REPLICAS.length
        ? `; goal: ${LEAST_EFFICIENCY} ${efficiency >= LEAST_EFFICIENCY ? 'reached' : 'missed'}`
        : '';
    return {
      what: `${name}, ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`,
      value: `${perSecond.toFixed(1)} runs/s, ${ours.toFixed(2)} processors in workflow and worker, ${all.toFixed(2)} of ${availableParallelism()} in all services`,
      compared: `${(perSecond / one).toFixed(2)} of one, efficiency ${efficiency.toFixed(2)}${goal}`,
    };
  });
}
