import type { AgentTool } from '@snowflow/engine/agents/agent-tool';
import type { AgentToolSetup } from '@snowflow/nodes/kit/agent-tool-fields';
import { agentRows, type StatementScene, USUAL_ROWS } from './agent-statement';

/** One SELECT of the model, run as who runs the workflow, through the run's own journal: what was sent is not sent again. */
export function sqlTool(
  { name, description, schemas = [], maxRows = USUAL_ROWS, needsApproval = false }: AgentToolSetup,
  scene: StatementScene,
): AgentTool {
  const reads = schemas.map(({ database, schema }) => `${database}.${schema}`).join(', ');
  const rules = `One Snowflake SELECT, or WITH … SELECT; it can't change anything, and shows at most ${maxRows} rows.`;
  return {
    name,
    description: [description, rules, reads && `It reads from: ${reads}.`].filter(Boolean).join(' '),
    parameters: {
      type: 'object',
      properties: { statement: { type: 'string', minLength: 1, maxLength: 20_000 } },
      required: ['statement'],
      additionalProperties: false,
    },
    kind: 'tool',
    leaves: false,
    reads: true,
    needsApproval,
    repeatable: true,
    call: (input, site) => agentRows(String(input['statement']), { schemas, maxRows }, site, scene),
  };
}
