import { renderText } from '@snowflow/nodes/kit/sql/render';
import { SqlTextError } from '@snowflow/nodes/kit/sql/sql-text-error';
import { queryFragment } from '@snowflow/nodes/kit/sql/sql-text';
import type { SqlParser } from '../sql/sql-parser';
import { type DeclaredValue, declaredFor } from '../validate/declared-values';
import type { CheckedNode, WorkflowGraph } from '../validate/workflow-graph';

/** The tables that the SELECTs in a workflow name, in their parts: what is known of their columns makes lineage surer. */
export function tablesNamed(graph: WorkflowGraph, parser: SqlParser): string[][] {
  const all = [...graph.nodes.values()].flatMap((checked) => tablesOfNode(graph, checked, parser));
  return [...new Map(all.map((parts) => [JSON.stringify(parts), parts])).values()];
}

function tablesOfNode(graph: WorkflowGraph, checked: CheckedNode, parser: SqlParser): string[][] {
  const { definition, config, ports, inputColumns: inputs, inputKinds: kinds, known } = checked;
  if (!definition || !config) return [];
  const parameters = declaredFor(graph, checked);
  const fields = definition.sqlFields?.(config.value, { inputs, kinds, parameters, known }) ?? [];
  const own = new Set(ports.inputs.map(({ id }) => id.toUpperCase()));
  const named = fields.flatMap(({ kind, text }) => (kind === 'query' ? tablesInText(text, parameters, parser) : []));
  return named.filter((parts) => parts.length > 1 || !own.has(parts[0] ?? '')).map((parts) => [...parts]);
}

/** The tables that a SELECT names, in their parts; none where its text can't be read. */
export function tablesInText(text: string, parameters: readonly DeclaredValue[], parser: SqlParser): string[][] {
  try {
    return parser.objectsIn(renderText(queryFragment(text, parameters)))?.tables ?? [];
  } catch (error) {
    // What can't be read is a problem that validation tells of.
    if (error instanceof SqlTextError) return [];
    throw error;
  }
}
