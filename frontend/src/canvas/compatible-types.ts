import type { NodeDefinition } from '@snowflow/nodes/kit/node-definition';
import { carriedKind } from '../store/connect-rules';
import type { Placement } from '../store/document-slice';
import type { Graph } from '../store/graph-edits';
import { portOf } from '../store/node-definitions';

/** Why a node type can't be added at a place; undefined when it can. */
export function whyNot(graph: Graph, definition: NodeDefinition, { from }: Placement): string | undefined {
  if (!from) return undefined;
  if (from.side === 'source') {
    if (definition.inputs.length === 0) return 'Has no input';
    const kind = carriedKind(graph, from.node, from.port);
    const fits = definition.inputs.some((input) => kind === 'either' || input.kind === 'either' || input.kind === kind);
    return fits ? undefined : kind === 'value' ? 'Needs a table' : 'Needs a value';
  }
  if (definition.outputs.length === 0) return 'Has no output';
  const type = graph.nodes.find(({ id }) => id === from.node)?.data.type;
  const wanted = type === undefined ? undefined : portOf(type, 'inputs', from.port)?.kind;
  const fits = definition.outputs.some(
    (output) => wanted === 'either' || output.kind === 'either' || output.kind === wanted,
  );
  return fits ? undefined : wanted === 'value' ? 'Gives a table' : 'Gives a value';
}
