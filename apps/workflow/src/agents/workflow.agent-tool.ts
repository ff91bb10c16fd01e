import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { isErrorCode } from '@snowflow/contracts/errors/error-codes';
import type { AgentTool } from '@snowflow/engine/agents/agent-tool';
import type { PlanStep } from '@snowflow/engine/plan/plan';
import type { AgentToolSetup } from '@snowflow/nodes/kit/agent-tool-fields';
import { callIn } from '@snowflow/nodes/kit/called-workflow';
import { toolCallKey } from '@snowflow/nodes/kit/calls-in';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { PinnedWorkflow } from '../runs/pinned-workflow';
import type { PlanScope } from '../execution/plan-scope';
import type { RunSteps } from '../execution/run-step';
import { SubWorkflowFailed } from '../execution/sub-workflow-failed';
import { runSubWorkflow } from '../execution/sub-workflow-run';

/** Where an agent runs workflows. */
export interface CallingScene {
  shared: RunSteps;
  scope: PlanScope;
  step: PlanStep;
}

/**
 * Another workflow of the same person, as it was when the run was planned. Its steps are kept below the place of the call, so a call that
 * another worker takes up again goes on where it was.
 */
export function workflowTool(setup: AgentToolSetup, { shared, scope, step }: CallingScene): AgentTool {
  const { name, description, needsApproval = false } = setup;
  const call = callIn(setup);
  const key = call ? toolCallKey(call) : '';
  const called = scope.children[`${step.endsAt}/${key}`];
  if (!called) throw new AppError('INTERNAL', `What the tool ${name} of ${step.endsAt} calls was not planned`);
  return {
    name,
    description: [description, `Runs the workflow “${called.name}” and answers what it gives.`]
      .filter(Boolean)
      .join(' '),
    parameters: {
      type: 'object',
      properties: Object.fromEntries(called.parameters.map((parameter) => [parameter.name, schemaOf(parameter)])),
      required: called.parameters.filter((one) => one.default === undefined).map((one) => one.name),
      additionalProperties: false,
    },
    kind: 'tool',
    leaves: notifies(called),
    reads: true,
    needsApproval,
    // What it did stands in its own steps.
    repeatable: true,
    async call(given, { place, signal }): Promise<StepValue> {
      const prefix = `${scope.prefix}${step.id}/${place}/${key}/`;
      const { root = step, calls: around } = scope;
      shared.calls.take(prefix, 1);
      try {
        return await runSubWorkflow({ called, given, prefix, around, root }, shared, signal);
      } catch (error) {
        throw error instanceof SubWorkflowFailed ? told(error) : error;
      }
    },
  };
}

/** What the model gives may stand in a message; calls of hosts outside are held by the tenant's rules for them wherever they are made. */
const notifies = ({ plan, children }: PinnedWorkflow): boolean =>
  Object.values(plan.nodes).some(({ type }) => type === 'output.notification') ||
  Object.values(children).some(notifies);

/** Why it failed is for the model to hear of; a code that is none of ours is Snowflake's. */
function told(error: SubWorkflowFailed): AppError {
  const { code, message } = error.failure;
  return new AppError(isErrorCode(code) ? code : 'SQL_FAILED', message, {}, { cause: error });
}

const FORMATS = { date: 'date', timestamp: 'date-time' } as const;

function schemaOf({ type, description, default: given }: WorkflowParameter): { [name: string]: StepValue } {
  const isText = type === 'date' || type === 'timestamp';
  return {
    type: isText ? 'string' : type,
    ...(isText ? { format: FORMATS[type] } : {}),
    ...(description === undefined ? {} : { description }),
    ...(given === undefined ? {} : { default: given }),
  };
}
