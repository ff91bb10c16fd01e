import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ActionContext, ActionNode, ActionResult, Decision } from '../kit/action-node';
import type { StepValue } from '../kit/step-value';
import { fillTemplate } from '../kit/text-template';
import type { LogicApprovalConfig } from './logic-approval.definition';

/** What an approver sees and the service checks a decision by; it rests sealed with the wait. */
export interface ApprovalDetail {
  approvers: string[];
  allowRunner: boolean;
  message: string;
  show: { label: string; value: string }[];
  form: { name: string; type: 'string' | 'number' | 'boolean' | 'date'; label: string; required: boolean }[];
}

/** Pauses until somebody has decided, or the time is over; more people are asked when nobody has decided for a while. */
export const logicApprovalStep: ActionNode<LogicApprovalConfig> = {
  type: 'logic.approval',
  async run(config, context) {
    const { ports } = context;
    const said = ports.decision();
    if (said) return decided(said);
    const timeout = minutesAfterBegin(context, config.timeoutMinutes);
    const escalation = minutesAfterBegin(context, config.escalateAfterMinutes);
    const now = ports.now();
    if (timeout && now >= timeout) {
      const atLast = await ports.lastDecision();
      return atLast ? decided(atLast) : timedOut(config);
    }
    const escalated = escalation !== undefined && now >= escalation;
    const until = [escalated ? undefined : escalation, timeout].flatMap((moment) => moment ?? []);
    return ports.pause({
      for: 'approval',
      ...(until.length > 0 ? { until: new Date(Math.min(...until.map((moment) => moment.getTime()))) } : {}),
      detail: { ...detailOf(config, context, escalated) },
    });
  },
};

function decided({ decision, by, comment, form }: Decision): ActionResult {
  return went(decision, { ...form, decision, by, comment: comment ?? null, timedOut: false });
}

function went(decision: 'approve' | 'reject', value: { [field: string]: StepValue }): ActionResult {
  return { ports: [decision === 'approve' ? 'approved' : 'rejected'], value };
}

function timedOut({ onTimeout }: LogicApprovalConfig): ActionResult {
  if (onTimeout === 'fail') {
    throw new AppError('APPROVAL_TIMED_OUT', 'Nobody decided in time. Run it again, or give the approval more time.');
  }
  return went(onTimeout, { decision: onTimeout, by: null, comment: null, timedOut: true });
}

function minutesAfterBegin({ ports }: ActionContext, minutes: number | undefined): Date | undefined {
  return minutes === undefined ? undefined : new Date(ports.begunAt().getTime() + minutes * 60_000);
}

function detailOf(config: LogicApprovalConfig, context: ActionContext, escalated: boolean): ApprovalDetail {
  const { approvers, escalateTo = [], allowRunner = false, message, show = [], form = [] } = config;
  return {
    approvers: escalated ? [...approvers, ...escalateTo] : approvers,
    allowRunner,
    message: fillTemplate(message, context),
    show: show.map(({ label, value }) => ({ label, value: fillTemplate(value, context) })),
    form: form.map(({ name, type, label, required }) => ({
      name,
      type,
      label: label ?? name,
      required: required ?? false,
    })),
  };
}
