import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { AgentApprovals, type AskedCall } from '@snowflow/engine/agents/agent-approvals';
import type { Decision } from '@snowflow/nodes/kit/action-node';
import type { ApprovalDetail } from '@snowflow/nodes/logic-approval/logic-approval.step';
import type { RunRecorder } from '../execution/run-recorder';
import { sealedWait } from '../execution/sealed-wait';
import type { WaitsRepository } from '../execution/waits.repository';
import { openDecision } from '../runs/sealed-decision';
import type { AgentPlace } from './agent-steps.repository';

/** Who decides on the calls of one agent. */
export type Approvers = Pick<ApprovalDetail, 'approvers' | 'allowRunner'>;

/** Calls that wait beside the approvals of the workflow, each at a place of its own below the agent's step. */
export class WaitingApprovals extends AgentApprovals {
  constructor(
    private readonly waits: WaitsRepository,
    private readonly recorder: Pick<RunRecorder, 'wait' | 'flush'>,
    private readonly sealer: Sealer,
    private readonly at: AgentPlace,
    private readonly approvers: Approvers,
  ) {
    super();
  }

  override async decision(place: string): Promise<Decision | undefined> {
    const wait = await this.waits.find(this.at.tenantId, this.at.runId, this.stepOf(place));
    return wait && openDecision(this.sealer, wait);
  }

  override async ask(place: string, { tool, input, why }: AskedCall): Promise<void> {
    const detail: ApprovalDetail = {
      ...this.approvers,
      message: `The agent wants to call “${tool}”. ${why}`,
      show: Object.entries(input).map(([label, value]) => ({
        label: label.slice(0, 100) || '(empty)',
        value: typeof value === 'string' ? value : JSON.stringify(value),
      })),
      form: [],
    };
    const wait = { for: 'approval' as const, detail: { ...detail } };
    this.recorder.wait(sealedWait(this.sealer, this.at.tenantId, this.stepOf(place), wait));
    await this.recorder.flush();
  }

  private stepOf(place: string): string {
    return `${this.at.step}/${place}`;
  }
}
