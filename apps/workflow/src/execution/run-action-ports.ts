import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { StepPaused } from '@snowflow/engine/run/step-paused';
import { ActionPorts, type Decision, type Message, type ReadRows, type Sent } from '@snowflow/nodes/kit/action-node';
import type { CortexCalls } from '@snowflow/nodes/kit/cortex-calls';
import type { ModelCalls } from '@snowflow/nodes/kit/model-calls';
import type { WorkflowCalls } from '@snowflow/nodes/kit/workflow-calls';
import { openDecision } from '../runs/sealed-decision';
import type { WaitRow, WaitsRepository } from './waits.repository';

/** Which step of which run. */
interface StepOfRun {
  tenantId: string;
  runId: string;
  step: string;
}

/** What an action reaches beside the run's own records. */
interface Reach {
  workflows: WorkflowCalls;
  models: ModelCalls;
  cortex: CortexCalls;
  readRows(queryId: string, maxRows: number): Promise<ReadRows>;
  deliver(message: Message): Promise<Sent>;
}

/** What one step's action may do outside, over the run's own records. */
export class RunActionPorts extends ActionPorts {
  private constructor(
    private readonly waits: WaitsRepository,
    private readonly sealer: Sealer,
    private readonly at: StepOfRun,
    private readonly reach: Reach,
    private readonly wait: WaitRow | undefined,
    private readonly begun: Date,
  ) {
    super();
  }

  get workflows(): WorkflowCalls {
    return this.reach.workflows;
  }

  get models(): ModelCalls {
    return this.reach.models;
  }

  get cortex(): CortexCalls {
    return this.reach.cortex;
  }

  static async of(waits: WaitsRepository, sealer: Sealer, at: StepOfRun, reach: Reach): Promise<RunActionPorts> {
    const wait = await waits.find(at.tenantId, at.runId, at.step);
    return new RunActionPorts(waits, sealer, at, reach, wait, wait?.began_at ?? new Date());
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

  async lastDecision(): Promise<Decision | undefined> {
    const closed = await this.waits.close(this.at.tenantId, this.at.runId, this.at.step);
    return closed && openDecision(this.sealer, closed);
  }

  pause(wait: Parameters<ActionPorts['pause']>[0]): never {
    throw new StepPaused({ ...wait, since: this.begun });
  }

  readRows(queryId: string, maxRows: number): Promise<ReadRows> {
    return this.reach.readRows(queryId, maxRows);
  }

  send(message: Message): Promise<Sent> {
    return this.reach.deliver(message);
  }
}
