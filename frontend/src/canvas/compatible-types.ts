import type { NodeDefinition } from '@snowflow/nodes/kit/node-definition';
import { portsOf } from '@snowflow/nodes/kit/node-ports';
import { carriedKind } from '../store/connect-rules';
import type { Placement } from '../store/document-slice';
import type { Graph } from '../store/graph-edits';
import { portOf } from '../store/node-definitions';

/** Why a node type can't be added at a place; undefined when it can. */
export function whyNot(graph: Graph, definition: NodeDefinition, { from }: Placement): string | undefined {
  if (!from) return undefined;
  const { inputs, outputs } = portsOf(definition, definition.initialConfig);
  if (from.side === 'source') {
    if (inputs.length === 0) return 'Has no input';
    const kind = carriedKind(graph, from.node, from.port);
    const fits = inputs.some((input) => kind === 'either' || input.kind === 'either' || input.kind === kind);
    return fits ? undefined : kind === 'value' ? 'Needs a table' : 'Needs a value';
  }
  if (outputs.length === 0) return 'Has no output';
  const data = graph.nodes.find(({ id }) => id === from.node)?.data;
  const wanted = data && portOf(data, 'inputs', from.port)?.kind;
  const fits = outputs.some((output) => wanted === 'either' || output.kind === 'either' || output.kind === wanted);
  return fits ? undefined : wanted === 'value' ? 'Gives a table' : 'Gives a value';
}
