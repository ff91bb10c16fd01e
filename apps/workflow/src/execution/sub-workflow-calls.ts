import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PlanStep } from '@snowflow/engine/plan/plan';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import { type CallEnd, type CallParameters, type EachOptions, WorkflowCalls } from '@snowflow/nodes/kit/workflow-calls';
import type { PinnedWorkflow } from '../runs/pinned-workflow';
import { ItemSizes } from './item-sizes';
import type { PlanScope } from './plan-scope';
import type { RunSteps } from './run-step';
import { errorValueOf } from './sealed-failure';
import { SubWorkflowFailed } from './sub-workflow-failed';
import { runItems } from './sub-workflow-items';
import { runSubWorkflow } from './sub-workflow-run';

/** The items rest in one text. */
const MOST_ITEM_CHARACTERS = 4_194_304;

/** The calls of one step of a run. */
export class SubWorkflowCalls extends WorkflowCalls {
  private readonly prefix: string;

  constructor(
    private readonly shared: RunSteps,
    private readonly scope: PlanScope,
    private readonly step: PlanStep,
    private readonly signal: AbortSignal,
  ) {
    super();
    this.prefix = `${scope.prefix}${step.id}/`;
  }

  async run(parameters: CallParameters): Promise<StepValue> {
    this.shared.calls.take(this.prefix, 1);
    return this.call(parameters, this.prefix);
  }

  async runEach(items: () => Promise<readonly CallParameters[]>, options: EachOptions): Promise<readonly CallEnd[]> {
    const list = await this.remembered(items);
    this.shared.calls.take(this.prefix, list.length);
    const { memory, sealer, run } = this.shared;
    const keep = async (index: number, end: CallEnd) => {
      await memory.keep(`${this.prefix}${index}`, { state: 'succeeded', ms: 0, value: end });
      return end;
    };
    const sizes = new ItemSizes(this.step.endsAt, list.length, options.mostCharacters);
    // What earlier workers brought to its end counts before anything else begins.
    list.forEach((_, index) => {
      const before = memory.get(`${this.prefix}${index}`);
      const refusal = before && sizes.refusal(index, before.value as CallEnd);
      if (refusal) throw refusal;
    });
    const work = {
      refusal: (index: number, end: CallEnd) => sizes.refusal(index, end),
      run: async (index: number): Promise<CallEnd> => {
        const before = memory.get(`${this.prefix}${index}`);
        if (before) return before.value as CallEnd;
        const value = await this.callItem(list[index] ?? {}, index);
        return keep(index, { state: 'succeeded', value });
      },
      failed: (index: number, error: unknown) =>
        keep(index, { state: 'failed', ...errorValueOf(sealer, run.tenant_id, error) }),
    };
    return runItems(list.length, options, work, this.signal);
  }

  private async callItem(parameters: CallParameters, index: number): Promise<StepValue> {
    try {
      return await this.call(parameters, `${this.prefix}${index}/`);
    } catch (error) {
      throw error instanceof SubWorkflowFailed ? error.within(`Item ${index + 1}`) : error;
    }
  }

  private call(given: CallParameters, prefix: string): Promise<StepValue> {
    const { root = this.step, calls: around } = this.scope;
    return runSubWorkflow({ called: this.called(), given, prefix, around, root }, this.shared, this.signal);
  }

  private called(): PinnedWorkflow {
    const { children } = this.scope;
    const called = Object.hasOwn(children, this.step.endsAt) ? children[this.step.endsAt] : undefined;
    if (!called) throw new AppError('INTERNAL', `What the node ${this.step.endsAt} calls was not planned`);
    return called;
  }

  /** The items as they were when the step first ran: a result that is read again later may be gone, or another. */
  private async remembered(items: () => Promise<readonly CallParameters[]>): Promise<readonly CallParameters[]> {
    const key = `${this.prefix}items`;
    const before = this.shared.memory.get(key);
    if (before) return before.value as CallParameters[];
    const value = (await items()).map((parameters) => ({ ...parameters }));
    if (JSON.stringify(value).length > MOST_ITEM_CHARACTERS) {
      throw new AppError(
        'LOOP_TOO_LARGE',
        'The parameters of all items are larger than 4 MiB together, so nothing was run. Give each less.',
      );
    }
    await this.shared.memory.keep(key, { state: 'succeeded', ms: 0, value });
    return value;
  }
}
