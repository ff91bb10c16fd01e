import type { ActionNode } from '../kit/action-node';
import { callParameters } from '../kit/called-workflow';
import type { LogicWorkflowConfig } from './logic-workflow.definition';

/** One call, whose value is the node's. */
export const logicWorkflowStep: ActionNode<LogicWorkflowConfig> = {
  type: 'logic.workflow',
  async run(config, context) {
    return { value: await context.ports.workflows.run(callParameters(config, context)) };
  },
};
