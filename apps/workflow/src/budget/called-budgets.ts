import type { Ceilings } from './budget';
import { CountedBudget, type SpentBefore } from './counted-budget';

/** A call of a workflow inside a run, and what stands before the ids of its steps. */
export interface RunningCall {
  workflowId: string;
  prefix: string;
}

/**
 * The budgets of the workflows that a run calls, each call against its own. What earlier workers sent for a call counts; its seconds begin
 * with the first statement that this worker sends for it.
 */
export class CalledBudgets {
  private readonly ceilings = new Map<string, Promise<Ceilings>>();
  private readonly budgets = new Map<string, Promise<CountedBudget>>();

  constructor(
    private readonly find: (workflowId: string) => Promise<Ceilings>,
    private readonly past: SpentBefore,
  ) {}

  of(calls: readonly RunningCall[]): Promise<CountedBudget[]> {
    return Promise.all(calls.map((call) => kept(this.budgets, call.prefix, () => this.open(call))));
  }

  private async open({ workflowId, prefix }: RunningCall): Promise<CountedBudget> {
    const beganAtMs = Date.now();
    const ceilings = await kept(this.ceilings, workflowId, () => this.find(workflowId));
    return new CountedBudget(ceilings, this.past, beganAtMs, prefix);
  }
}

function kept<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
