import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Agent } from './agent';
import type { AgentScene } from './agent-scene';
import type { AgentSpending } from './agent-spending';
import type { AgentTool } from './agent-tool';
import { DelegationFailed } from './delegation-failed';
import { runAgent } from './run-agent';

/** An agent that a supervisor may hand tasks to. */
export interface Delegate {
  agent: Agent;
  description: string;
  /** What becomes of its failure: the supervisor hears of it and goes on, or fails with it. */
  onError: 'tell' | 'fail';
  /** What it may take, under what the supervisor has left. */
  spending(): AgentSpending;
}

const PARAMETERS = {
  type: 'object',
  properties: {
    task: { type: 'string', minLength: 1, description: 'Everything that it needs to know: it sees nothing else' },
  },
  required: ['task'],
  additionalProperties: false,
};

/** The tools by which a supervisor hands tasks to agents: `delegate_to_<name>`. Each call is an agent of its own, whose steps stand below it. */
export function delegationTools(
  delegates: readonly Delegate[],
  scene: Omit<AgentScene, 'spending' | 'signal'>,
): AgentTool[] {
  return delegates.map((delegate) => ({
    name: delegationName(delegate.agent.name),
    description: delegate.description,
    parameters: PARAMETERS,
    kind: 'delegation',
    leaves: false,
    reads: false,
    needsApproval: false,
    // What it did stands in its own steps.
    repeatable: true,
    call: async (input, { place, signal }) => {
      const within: AgentScene = { ...scene, spending: delegate.spending(), signal };
      try {
        const { answer } = await runAgent(delegate.agent, String(input['task']), within, `${place}/`);
        return answer;
      } catch (error) {
        throw delegate.onError === 'fail' && error instanceof AppError
          ? new DelegationFailed(delegate.agent.name, error)
          : error;
      }
    },
  }));
}

/** As its supervisor's model calls it. */
export const delegationName = (name: string): string => `delegate_to_${name}`;
