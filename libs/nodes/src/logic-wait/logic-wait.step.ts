import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ActionContext, ActionNode } from '../kit/action-node';
import { fillTemplate } from '../kit/text-template';
import { LogicWaitConfig, momentOf } from './logic-wait.definition';

/** Pauses until its moment has come. What is past already does not wait. */
export const logicWaitStep: ActionNode<LogicWaitConfig> = {
  type: 'logic.wait',
  run(config, context) {
    const until = endOf(config, context);
    if (context.ports.now() >= until) return {};
    return context.ports.pause({ for: 'time', until });
  },
};

function endOf({ durationSeconds, until }: LogicWaitConfig, context: ActionContext): Date {
  if (until === undefined) return new Date(context.ports.begunAt().getTime() + (durationSeconds ?? 0) * 1000);
  const moment = momentOf(fillTemplate(until, context).trim());
  if (moment) return moment;
  throw new AppError('VALIDATION', 'What this node is to wait for is no moment such as 2027-01-31T06:00:00Z.');
}
