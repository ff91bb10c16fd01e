import type { ActionNode } from '../kit/action-node';
import { agentQuestion, agentResult } from '../kit/agent-question';
import { fillTemplate } from '../kit/text-template';
import type { AiAgentConfig } from './ai-agent.definition';

/** One question to one agent. */
export const aiAgentStep: ActionNode<AiAgentConfig> = {
  type: 'ai.agent',
  async run({ question, thread, remembers, ...setup }, context) {
    const instructions = fillTemplate(setup.instructions, context);
    const asked = agentQuestion({ question, thread, remembers }, [setup.instructions], context);
    return agentResult(await context.ports.agents.ask({ ...setup, instructions }, asked));
  },
};
