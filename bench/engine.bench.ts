import { setMaxListeners } from 'node:events';
import { runFlow } from '@snowflow/engine/compile/compile-flow';
import type { Flow } from '@snowflow/engine/run/flow';
import { runWithPromises } from '@snowflow/engine/run/promise-oracle';
import type { StepHandler } from '@snowflow/engine/run/step-ports';
import { measure } from './measure';
import type { Row } from './report';

const nothing: StepHandler = async () => ({ rowCount: 0 });

function chain(length: number): Flow {
  return {
    steps: Array.from({ length }, (_, index) => ({ id: `s${index}`, dependsOn: index === 0 ? [] : [`s${index - 1}`] })),
  };
}

/** What the LangGraph executor costs per step beside plain promises of the same semantics; the steps do nothing. */
export async function run(): Promise<Row[]> {
  // LangGraph listens once per waiting task on one signal; a worker does the same.
  setMaxListeners(0);
  const rows: Row[] = [];
  for (const length of [1, 5, 50]) {
    const flow = chain(length);
    const options = { count: 300, concurrency: 1, warmUp: 50 };
    const promises = await measure(async () => void (await runWithPromises(flow, { handler: nothing })), options);
    const langGraph = await measure(async () => void (await runFlow(flow, { handler: nothing })), options);
    const perStep = ({ p50Ms }: { p50Ms: number }) => `${((p50Ms * 1000) / length).toFixed(0)} µs a step`;
    rows.push(
      { what: `${length} steps, plain promises`, value: perStep(promises), compared: '1' },
      {
        what: `${length} steps, LangGraph`,
        value: perStep(langGraph),
        compared: `${(langGraph.p50Ms / promises.p50Ms).toFixed(0)} times`,
      },
    );
  }
  return rows;
}
