import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { StepPaused, type StepWait } from '@snowflow/engine/run/step-paused';
import { ActionPorts, type Decision } from '@snowflow/nodes/kit/action-node';
import type { WorkflowCalls } from '@snowflow/nodes/kit/workflow-calls';
import { openDecision } from '../runs/sealed-decision';
import type { WaitRow, WaitsRepository } from './waits.repository';

/** What one step's action may do outside, over the run's own records. */
export class RunActionPorts extends ActionPorts {
  private constructor(
    private readonly sealer: Sealer,
    private readonly wait: WaitRow | undefined,
    private readonly begun: Date,
    readonly workflows: WorkflowCalls,
  ) {
    super();
  }

  static async of(
    waits: WaitsRepository,
    sealer: Sealer,
    { tenantId, runId, step }: { tenantId: string; runId: string; step: string },
    workflows: WorkflowCalls,
  ): Promise<RunActionPorts> {
    const wait = await waits.find(tenantId, runId, step);
    return new RunActionPorts(sealer, wait, wait?.began_at ?? new Date(), workflows);
  }

  now(): Date {
    return new Date();
  }

  begunAt(): Date {
    return this.begun;
  }

  decision(): Decision | undefined {
    return this.wait && openDecision(this.sealer, this.wait);
  }

  pause(wait: StepWait): never {
    throw new StepPaused(wait);
  }
}
