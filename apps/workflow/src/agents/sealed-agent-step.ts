import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { AgentStep } from '@snowflow/engine/agents/agent-step';
import { runBinding } from '../runs/sealed-run';
import type { AgentStepRow } from './agent-steps.repository';

/** What only who may see values of the run gets to see of a step. */
export type AgentStepDetail = Pick<AgentStep, 'asked' | 'answered'>;

/** A step as it rests. */
export function sealedAgentStep(
  sealer: Sealer,
  tenantId: string,
  { place, kind, name, state, reads, startedAt, endedAt, tokens, asked, answered }: AgentStep,
): Omit<AgentStepRow, 'tenant_id' | 'run_id' | 'step' | 'seq'> {
  const detail: AgentStepDetail = { asked, answered };
  return {
    place,
    kind,
    name,
    state,
    reads,
    started_at: startedAt,
    ended_at: endedAt,
    input_tokens: tokens?.input ?? null,
    output_tokens: tokens?.output ?? null,
    sealed_detail: sealer.seal(JSON.stringify(detail), runBinding(tenantId)),
  };
}

/** Opens what `sealedAgentStep` sealed. */
export function openAgentStep(sealer: Sealer, row: AgentStepRow): AgentStep {
  const detail = JSON.parse(sealer.open(row.sealed_detail, runBinding(row.tenant_id))) as AgentStepDetail;
  const { place, kind, name, state, reads, started_at: startedAt, ended_at: endedAt } = row;
  const tokens = row.input_tokens === null ? null : { input: row.input_tokens, output: row.output_tokens ?? 0 };
  return { place, kind, name, state, reads, startedAt, endedAt, tokens, ...detail };
}
