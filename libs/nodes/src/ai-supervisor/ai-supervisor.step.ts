import type { ActionNode } from '../kit/action-node';
import { agentQuestion, agentResult } from '../kit/agent-question';
import { fillTemplate } from '../kit/text-template';
import type { AiSupervisorConfig } from './ai-supervisor.definition';

/** One question to a supervisor, whose only tools are its agents. */
export const aiSupervisorStep: ActionNode<AiSupervisorConfig> = {
  type: 'ai.supervisor',
  async run({ question, thread, remembers, agents, maxDelegations, ...setup }, context) {
    const filled = (text: string) => fillTemplate(text, context);
    const lead = { ...setup, tools: [], maxToolCalls: maxDelegations, instructions: filled(setup.instructions) };
    const delegates = agents.map((agent) => ({ ...agent, instructions: filled(agent.instructions) }));
    const told = [setup, ...agents].map(({ instructions }) => instructions);
    return agentResult(
      await context.ports.agents.ask(lead, agentQuestion({ question, thread, remembers }, told, context), delegates),
    );
  },
};
