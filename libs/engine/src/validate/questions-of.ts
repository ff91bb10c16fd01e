import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import { WorkflowParameter, workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { definitions } from '@snowflow/nodes/definitions';
import type { Question } from '@snowflow/nodes/kit/node-definition';
import { renderBinds, renderText } from '@snowflow/nodes/kit/sql/render';
import { SqlTextError } from '@snowflow/nodes/kit/sql/sql-text-error';
import { queryFragment } from '@snowflow/nodes/kit/sql/sql-text';
import type { SqlParser } from '../sql/sql-parser';

/** What to ask of Snowflake about one node before validating. */
export interface NodeQuestion {
  nodeId: string;
  question: Extract<Question, { kind: 'columns' }> | { kind: 'describe'; sql: string; binds: Bind[] };
}

/**
 * The questions of a document. A SELECT that a person wrote is asked about only where it passes the checks, so that nothing
 * but a SELECT ever reaches Snowflake for this.
 */
export function questionsOf(input: unknown, options: { parser?: SqlParser } = {}): NodeQuestion[] {
  const parsed = workflowDocument.safeParse(input);
  if (!parsed.success) return [];
  const { nodes, parameters } = parsed.data;
  return nodes.flatMap((node) => {
    const definition = definitions.get(node.type);
    const config = node.disabled ? undefined : definition?.config.safeParse(node.config);
    if (!config?.success) return [];
    return (definition?.questions?.(config.data) ?? []).flatMap((question) => {
      const asked = question.kind === 'columns' ? question : describeQuestion(question.sql, parameters, options.parser);
      return asked ? [{ nodeId: node.id, question: asked }] : [];
    });
  });
}

function describeQuestion(
  text: string,
  parameters: readonly WorkflowParameter[],
  parser: SqlParser | undefined,
): NodeQuestion['question'] | undefined {
  try {
    const query = queryFragment(text, parameters);
    if (parser && parser.checkQuery(renderText(query)).length > 0) return undefined;
    const values = Object.fromEntries(parameters.map((parameter) => [parameter.name, sampleOf(parameter)]));
    return { kind: 'describe', ...renderBinds(query, values) };
  } catch (error) {
    if (error instanceof SqlTextError) return undefined;
    throw error;
  }
}

/** Any value of the right type: a description doesn't depend on which. */
function sampleOf({ type, default: given }: WorkflowParameter): Bind {
  if (given !== undefined && given !== null) return given;
  const samples = { string: '', number: 0, boolean: false, date: '2000-01-01', timestamp: '2000-01-01 00:00:00' };
  return samples[type];
}
