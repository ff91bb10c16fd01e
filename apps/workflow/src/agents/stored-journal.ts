import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { AgentJournal } from '@snowflow/engine/agents/agent-journal';
import type { AgentStep } from '@snowflow/engine/agents/agent-step';
import { LeaseLost } from '../execution/run-interruptions';
import type { AgentPlace, AgentStepsRepository } from './agent-steps.repository';
import { openAgentStep, sealedAgentStep } from './sealed-agent-step';

/** The steps of one agent, sealed in Postgres under the lease of the worker that runs it. */
export class StoredJournal extends AgentJournal {
  private constructor(
    private readonly steps: AgentStepsRepository,
    private readonly sealer: Sealer,
    private readonly at: AgentPlace & { fence: number },
    private readonly known: Map<string, { seq: number; step: AgentStep }>,
  ) {
    super();
  }

  static async open(
    steps: AgentStepsRepository,
    sealer: Sealer,
    at: AgentPlace & { fence: number },
  ): Promise<StoredJournal> {
    const rows = await steps.of(at);
    const known = rows.map((row) => [row.place, { seq: row.seq, step: openAgentStep(sealer, row) }] as const);
    return new StoredJournal(steps, sealer, at, new Map(known));
  }

  override find(place: string): AgentStep | undefined {
    return this.known.get(place)?.step;
  }

  override all(): readonly AgentStep[] {
    return [...this.known.values()].map(({ step }) => step);
  }

  override async write(step: AgentStep): Promise<void> {
    const seq = this.known.get(step.place)?.seq ?? this.known.size + 1;
    this.known.set(step.place, { seq, step });
    const { fence, ...place } = this.at;
    const row = { ...sealedAgentStep(this.sealer, this.at.tenantId, step), seq };
    if (!(await this.steps.write(place, fence, row))) throw new LeaseLost();
  }

  /** How long calls of models and tools took in all; those of a delegation are its own. */
  takenMs(): number {
    return this.all().reduce((sum, { kind, startedAt, endedAt }) => {
      const isOwn = kind === 'model' || kind === 'tool';
      return isOwn && endedAt ? sum + Math.max(0, endedAt.getTime() - startedAt.getTime()) : sum;
    }, 0);
  }
}
