import { z } from 'zod';
import { callFields, callProblems, callQuestions, callSummary } from '../kit/called-workflow';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';

const config = z.strictObject({ ...callFields, ...commonSettings });

export type LogicWorkflowConfig = z.infer<typeof config>;

/** Runs another workflow and goes on with what it gives. */
export const logicWorkflow: NodeDefinition<LogicWorkflowConfig> = {
  type: 'logic.workflow',
  group: 'logic',
  title: 'Run workflow',
  description: 'Runs another of your workflows to its end and goes on with what it gives.',
  icon: 'workflow',
  inputs: [{ id: 'in', kind: 'either', optional: true }],
  outputs: [{ id: 'out', kind: 'value' }],
  config,
  initialConfig: { revision: 'published', parameters: {} },
  ownFields: () => ['rowCount'],
  values: () => [{ name: 'rowCount', type: 'number' }],
  summary: callSummary,
  questions: callQuestions,
  check: (config, context) => callProblems(config, context),
  outputColumns: () => ({}),
  examples: [
    {
      title: 'With a parameter',
      config: {
        workflowId: 'wf_0000000000000000000000',
        revision: 'published',
        parameters: { segment: 'BUILDING', since: '{{ value.day }}' },
      },
    },
    {
      title: 'A revision that stays',
      config: { workflowId: 'wf_0000000000000000000000', revision: 3, parameters: {} },
    },
  ],
};
