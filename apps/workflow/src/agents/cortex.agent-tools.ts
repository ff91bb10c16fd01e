import type { AgentTool } from '@snowflow/engine/agents/agent-tool';
import type { AgentToolSetup } from '@snowflow/nodes/kit/agent-tool-fields';
import type { CortexCalls } from '@snowflow/nodes/kit/cortex-calls';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import { agentRows, type StatementScene, USUAL_ROWS } from './agent-statement';

/** What tools over Cortex are run with. */
export interface CortexScene extends StatementScene {
  cortex: CortexCalls;
}

const MOST_FOUND = 20;
const MOST_QUESTION = 10_000;

const ofCortex = { kind: 'tool', leaves: false, reads: true, repeatable: true } as const;

/** A question to Cortex Analyst over a semantic view; the SQL that it answers is held to the same rules as any, and run. */
export function analystTool(setup: AgentToolSetup, scene: CortexScene): AgentTool {
  const {
    name,
    description,
    database = '',
    schema = '',
    source = '',
    maxRows = USUAL_ROWS,
    needsApproval = false,
  } = setup;
  const rules = `Answers a question in words over the semantic view ${source} with SQL, and shows at most ${maxRows} rows.`;
  return {
    ...ofCortex,
    name,
    description: [description, rules].filter(Boolean).join(' '),
    parameters: {
      type: 'object',
      properties: { question: { type: 'string', minLength: 1, maxLength: MOST_QUESTION } },
      required: ['question'],
      additionalProperties: false,
    },
    needsApproval,
    async call(input, site): Promise<StepValue> {
      const model = { kind: 'view' as const, database, schema, name: source };
      const request = { model, question: String(input['question']) };
      const { text, sql, suggestions } = await scene.cortex.analyst(request, site.signal);
      if (sql === undefined) return { text, suggestions: [...suggestions] };
      const one = sql.trim().replace(/;\s*(?:--[^\n]*)?\s*$/, '');
      return { text, sql: one, ...(await agentRows(one, { schemas: [], maxRows }, site, scene)) };
    },
  };
}

/** A query of a Cortex Search service. */
export function searchTool(setup: AgentToolSetup, { cortex }: CortexScene): AgentTool {
  const { name, description, database = '', schema = '', source = '', columns = [], needsApproval = false } = setup;
  const rules = `Finds documents in the search service ${source}.`;
  return {
    ...ofCortex,
    name,
    description: [description, rules].filter(Boolean).join(' '),
    parameters: {
      type: 'object',
      properties: {
        query: { type: 'string', minLength: 1, maxLength: MOST_QUESTION },
        limit: { type: 'integer', minimum: 1, maximum: MOST_FOUND },
      },
      required: ['query'],
      additionalProperties: false,
    },
    needsApproval,
    async call(input, { signal }) {
      const { query, limit = 5 } = input;
      const request = { database, schema, service: source, query: String(query), columns, limit: Number(limit) };
      return [...(await cortex.search(request, signal))];
    },
  };
}
