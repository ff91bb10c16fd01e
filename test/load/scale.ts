import { availableParallelism } from 'node:os';
import { startStack } from '@snowflow/testing/stack';
import { drawnGraph } from '../../bench/graphs/drawn-graph';
import { measureFor } from '../../bench/measure';
import type { Row } from '../../bench/report';
import { ApiClient, runToEnd } from '../support/api-client';
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

const LOADS = [
  {
    name: 'processor-bound: 200 nodes planned, composed and run as one statement over 25 rows',
    isWaiting: false,
    document: drawnGraph(200, 1),
    atOnce: 24,
  },
  {
    name: `wait-bound: a statement that waits ${WAIT_SECONDS} s`,
    isWaiting: true,
    document: new DocumentBuilder('Waits')
      .node('wait', 'source.sql', { sql: `SELECT SYSTEM$WAIT(${WAIT_SECONDS}) AS WAITED` })
      .node('result', 'output.result', { name: 'Waited', view: 'table' }, 'wait')
      .build(),
    atOnce: RUNS_AT_ONCE * REPLICAS.length + RUNS_AT_ONCE,
  },
] as const;

interface Measured {
  replicas: number;
  perSecond: number;
  /** Processors that workflow and worker used, and that all processes of the stack did. */
  ours: number;
  all: number;
}

/** The same work on one, two and three replicas of workflow and worker; all else there is once. */
export async function scale(): Promise<Verdict> {
  const found = new Map<string, Measured[]>(LOADS.map(({ name }) => [name, []]));
  for (const replicas of REPLICAS) {
    for (const [name, one] of await measureAll(replicas)) found.get(name)?.push(one);
  }
  const rows = LOADS.flatMap(({ name, isWaiting }) => rowsOf(name, isWaiting, found.get(name) ?? []));
  const waiting = LOADS.filter(({ isWaiting }) => isWaiting).map(({ name }) => efficiencyOf(found.get(name) ?? []));
  return { isGood: waiting.every((efficiency) => efficiency >= LEAST_EFFICIENCY), rows };
}

async function measureAll(replicas: number): Promise<[string, Measured][]> {
  const stack = await startStack({
    replicas: 1,
    replicasOf: { workflow: replicas, worker: replicas },
    env: { THROTTLE_REQUESTS_PER_MINUTE: '100000000', RUN_CONCURRENCY: String(RUNS_AT_ONCE) },
  });
  try {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const measured: [string, Measured][] = [];
    for (const { name, document, atOnce } of LOADS) {
      const { body } = await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition: document } });
      const once = async () => {
        const { status, error } = await runToEnd(api, { workflowId: body.id }, 60);
        if (status !== 'succeeded') throw new Error(`A run is ${status}: ${JSON.stringify(error)}`);
      };
      const before = await figuresOf(stack);
      const from = performance.now();
      const { perSecond } = await measureFor(once, { seconds: SECONDS, concurrency: atOnce });
      const seconds = (performance.now() - from) / 1000;
      const used = (await figuresOf(stack)).map(({ process, pid, cpuSeconds }) => ({
        process,
        processors: (cpuSeconds - (before.find((one) => one.pid === pid)?.cpuSeconds ?? 0)) / seconds,
      }));
      const sum = (of: typeof used) => of.reduce((total, { processors }) => total + processors, 0);
      const ours = sum(used.filter(({ process }) => /^work(flow|er)\b/.test(process)));
      measured.push([name, { replicas, perSecond, ours, all: sum(used) }]);
    }
    return measured;
  } finally {
    await stack.stop();
  }
}

/** Of the most replicas: what they do, of what so many times one would. */
function efficiencyOf(measured: readonly Measured[]): number {
  const [first, last] = [measured[0], measured.at(-1)];
  return first && last ? last.perSecond / (first.perSecond * last.replicas) : Number.NaN;
}

function rowsOf(name: string, isWaiting: boolean, measured: readonly Measured[]): Row[] {
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
