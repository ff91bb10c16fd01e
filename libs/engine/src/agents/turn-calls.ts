import type { ModelMessage } from '@snowflow/nodes/kit/model-calls';
import { Semaphore } from '../run/semaphore';
import { StepPaused } from '../run/step-paused';
import type { ToolCaller } from './tool-caller';

/** Makes the calls of a model's last reply, `parallel` at once and in their order. What waits for a person holds none of the others up. */
export async function callsOfTurn(
  messages: readonly ModelMessage[],
  place: string,
  caller: ToolCaller,
  parallel: number,
): Promise<ModelMessage[]> {
  const said = messages.at(-1);
  const calls = said?.role === 'assistant' ? (said.toolCalls ?? []) : [];
  const places = new Semaphore(parallel);
  let failure: unknown;
  const ends = await Promise.allSettled(
    calls.map((call, index) =>
      places.run(async (): Promise<ModelMessage> => {
        // After one that ends the agent no other begins.
        if (failure !== undefined) throw failure;
        try {
          return { role: 'tool', toolCallId: call.id, content: await caller.call(call, `${place}/t${index + 1}`) };
        } catch (error) {
          if (!(error instanceof StepPaused)) failure ??= error;
          throw error;
        }
      }),
    ),
  );
  if (failure !== undefined) throw failure;
  const pauses = ends.flatMap((end) =>
    end.status === 'rejected' && end.reason instanceof StepPaused ? [end.reason] : [],
  );
  if (pauses.length > 0) throw merged(pauses);
  return ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
}

/** One that waits for a sign-in is told as that: who signs in again wakes the run. */
function merged(pauses: readonly StepPaused[]): StepPaused {
  const moments = pauses.flatMap(({ wait }) => (wait.until ? [wait.until.getTime()] : []));
  const waitFor = pauses.some(({ wait }) => wait.for === 'session') ? 'session' : 'workflow';
  return new StepPaused({ for: waitFor, ...(moments.length > 0 ? { until: new Date(Math.min(...moments)) } : {}) });
}
