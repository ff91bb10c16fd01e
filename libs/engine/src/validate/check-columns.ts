import type { Problem } from '@snowflow/contracts/documents/problem';
import type { CheckContext, Columns, InputColumns } from '@snowflow/nodes/kit/node-definition';
import { identifierFault } from '@snowflow/nodes/kit/sql/quote-identifier';
import type { SqlParser } from '../sql/sql-parser';
import { checkSqlField } from './check-sql';
import { declaredFor } from './declared-values';
import { CheckedNode, nodeOf, passedThrough, WorkflowGraph } from './workflow-graph';

/** Walks the graph from its sources, giving every node its columns and asking it for problems. */
export function checkColumns(graph: WorkflowGraph, parser: SqlParser | undefined): Problem[] {
  return graph.order.flatMap((id) => {
    const checked = nodeOf(graph, id);
    checked.inputColumns = columnsReaching(graph, checked);
    checked.sorted = isSorted(graph, checked);
    return checkNode(graph, checked, parser);
  });
}

function checkNode(graph: WorkflowGraph, checked: CheckedNode, parser: SqlParser | undefined): Problem[] {
  const { node, definition, config } = checked;
  if (!definition) return [];
  if (node.disabled) {
    const through = passedThrough(checked);
    const columns = through && nodeOf(graph, through.source).columns[through.sourcePort];
    checked.columns = Object.fromEntries(checked.ports.outputs.map((port) => [port.id, columns]));
    return [];
  }
  if (!config) return [];
  const context: CheckContext = {
    inputs: checked.inputColumns,
    kinds: checked.inputKinds,
    parameters: declaredFor(graph, checked),
    known: checked.known,
  };
  checked.columns = definition.outputColumns(config.value, context);
  const fields = definition.sqlFields?.(config.value, context) ?? [];
  const found = [
    ...definition.check(config.value, context),
    ...fields.flatMap((field) => checkSqlField(field, context.parameters, parser)),
  ];
  return [...found.map((problem) => ({ ...problem, nodeId: node.id })), ...longNames(checked)];
}

/** A name put together from two (a join's suffix) may be one that Snowflake doesn't take. */
function longNames({ node, columns }: CheckedNode): Problem[] {
  const faulty = new Map<string, string>();
  for (const { name } of Object.values(columns).flatMap((list) => list ?? [])) {
    const message = identifierFault(name);
    if (message !== undefined) faulty.set(name, message);
  }
  return [...faulty].map(([name, message]) => ({
    severity: 'error',
    code: 'INVALID_IDENTIFIER',
    nodeId: node.id,
    message: `${message}: “${name}”`,
  }));
}

function columnsReaching(graph: WorkflowGraph, { ports, incoming }: CheckedNode): InputColumns {
  const ofEdges = (port: string): Columns[] =>
    incoming
      .filter((edge) => edge.targetPort === port)
      .map((edge) => nodeOf(graph, edge.source).columns[edge.sourcePort]);
  return Object.fromEntries(ports.inputs.map((port) => [port.id, ofEdges(port.id)]));
}

function isSorted(graph: WorkflowGraph, checked: CheckedNode): boolean {
  const { node, definition } = checked;
  if (definition?.order === 'gives' && !node.disabled) return true;
  const through = passedThrough(checked);
  const keeps = node.disabled || definition?.order === 'keeps';
  return keeps && through !== undefined && nodeOf(graph, through.source).sorted;
}
