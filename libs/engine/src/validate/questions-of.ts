import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import type { Question } from '@snowflow/nodes/kit/node-definition';
import { renderBinds, renderText } from '@snowflow/nodes/kit/sql/render';
import { SqlTextError } from '@snowflow/nodes/kit/sql/sql-text-error';
import type { SqlParser } from '../sql/sql-parser';
import { declaredFor, type DeclaredValue } from './declared-values';
import { KnowledgeByNode, validate } from './validate';
import { CheckedNode, nodeOf, nodesBefore, WorkflowGraph } from './workflow-graph';

/** What to ask about one node before validating. */
export interface NodeQuestion {
  nodeId: string;
  question: Exclude<Question, { kind: 'describe' }> | { kind: 'describe'; sql: string; binds: Bind[] };
}

/**
 * What is still to be asked about a document, given what is known. Answers may lead to further questions (SQL over the columns of another
 * node), so it is asked until nothing new comes. A SELECT that a person wrote is asked about only where it passes the checks, so that
 * nothing but a SELECT ever reaches Snowflake for this.
 */
export function questionsOf(
  input: unknown,
  options: { parser?: SqlParser; known?: KnowledgeByNode } = {},
): NodeQuestion[] {
  const { graph } = validate(input, options.known);
  if (!graph) return [];
  const waiting = new Set<string>();
  const inOrder = new Set([...graph.order, ...graph.nodes.keys()]);
  return [...inOrder].flatMap((id) => {
    const checked = nodeOf(graph, id);
    const waits = nodesBefore(checked).some((before) => waiting.has(before));
    const asked = questionsOfNode(graph, checked).flatMap((question): NodeQuestion['question'][] => {
      if (question.kind !== 'describe') return [question];
      return waits && question.standIns ? [] : describeQuestion(graph, checked, question, options.parser);
    });
    if (waits || asked.length > 0) waiting.add(id);
    return asked.map((question) => ({ nodeId: id, question }));
  });
}

function questionsOfNode(graph: WorkflowGraph, checked: CheckedNode): readonly Question[] {
  const { definition, config, inputColumns, known } = checked;
  if (!config || known !== undefined) return [];
  const context = { inputs: inputColumns, parameters: declaredFor(graph, checked) };
  try {
    return definition?.questions?.(config.value, context) ?? [];
  } catch (error) {
    if (error instanceof SqlTextError) return [];
    throw error;
  }
}

function describeQuestion(
  graph: WorkflowGraph,
  checked: CheckedNode,
  { statement }: Extract<Question, { kind: 'describe' }>,
  parser: SqlParser | undefined,
): NodeQuestion['question'][] {
  if (parser && parser.checkQuery(renderText(statement)).length > 0) return [];
  const defaults = new Map(graph.document.parameters.map((parameter) => [parameter.name, parameter.default]));
  const values = Object.fromEntries(
    declaredFor(graph, nodeOf(graph, checked.node.id)).map((value) => [value.name, sampleOf(value, defaults)]),
  );
  return [{ kind: 'describe', ...renderBinds(statement, values) }];
}

/** Any value of the right type: a description doesn't depend on which. */
function sampleOf({ name, type }: DeclaredValue, defaults: ReadonlyMap<string, Bind | undefined>): Bind {
  const given = defaults.get(name);
  if (given !== undefined && given !== null) return given;
  const samples = {
    string: '',
    number: 0,
    boolean: false,
    date: '2000-01-01',
    timestamp: '2000-01-01 00:00:00',
    json: 'null',
  };
  return samples[type];
}
