import { Inject, Injectable } from '@nestjs/common';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { AgentStepView, AgentTraceRequest, AgentTraceView } from '@snowflow/contracts/workflow/agent-trace.dto';
import { parentOf } from '@snowflow/engine/agents/agent-step';
import { currentPerson } from '@snowflow/transport/request-scope';
import { WorkflowStore } from '../database/workflow-store';
import { RunsRepository } from '../runs/runs.repository';
import { SEALER } from '../sealer';
import { WorkflowAccess } from '../sharing/workflow-access';
import { type AgentStepRow, AgentStepsRepository } from './agent-steps.repository';
import { openAgentStep } from './sealed-agent-step';

const USUAL_STEPS = 100;
/** What is larger stays where it rests: pages show what a person can look at. */
const MOST_DETAIL_BYTES = 32_768;

/** What agents of runs did, for who ran them. */
@Injectable()
export class AgentTraceService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly runs: RunsRepository,
    private readonly access: WorkflowAccess,
    private readonly steps: AgentStepsRepository,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  /** In the order in which they began; nothing of a node that is no agent or has not begun. */
  async page({ id, nodeId, after = 0, limit = USUAL_STEPS }: AgentTraceRequest): Promise<AgentTraceView> {
    const person = currentPerson();
    const run = await this.store.transaction(person.tenantId, (db) => this.runs.find(db, person, id));
    if (!run) throw await this.access.notTheirs(person, id);
    const rows = await this.steps.of({ tenantId: person.tenantId, runId: id, step: nodeId }, { after, limit });
    return {
      items: rows.map((row) => this.viewOf(row)),
      next: rows.length < limit ? null : (rows.at(-1)?.seq ?? null),
    };
  }

  private viewOf(row: AgentStepRow): AgentStepView {
    const { place, kind, name, state, startedAt, endedAt, tokens, asked, answered } = openAgentStep(this.sealer, row);
    const detail = { asked, answered };
    const detailBytes = Buffer.byteLength(JSON.stringify(detail));
    return {
      place,
      parent: parentOf(place),
      kind,
      name,
      state,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      ...(tokens ? { inputTokens: tokens.input, outputTokens: tokens.output } : {}),
      ...(detailBytes <= MOST_DETAIL_BYTES ? detail : {}),
      detailBytes,
    };
  }
}
