import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import type { ValueField } from '@snowflow/nodes/kit/node-definition';
import { valueName } from '@snowflow/nodes/kit/references';
import { CheckedNode, nodeOf, WorkflowGraph } from './workflow-graph';

/** A parameter of the workflow, or a field of an earlier node's value under its name as a parameter. */
export type DeclaredValue = Pick<WorkflowParameter, 'name'> & Pick<ValueField, 'type'>;

/** What went wrong with a node whose error goes on. */
const ERROR_FIELDS: readonly ValueField[] = [
  { name: 'code', type: 'string' },
  { name: 'message', type: 'string' },
];

/** The fields of the value that a node gives; none where its config doesn't parse. */
export function fieldsOf({ definition, config, node }: CheckedNode): readonly ValueField[] {
  if (!config || node.disabled) return [];
  const own = definition?.values?.(config.value) ?? [];
  return node.config['onError'] === 'branch' ? [...own, ...ERROR_FIELDS] : own;
}

/** All that texts in a node's config may name: the workflow's parameters, and the values of the nodes they mention. */
export function declaredFor(graph: WorkflowGraph, { references }: CheckedNode): DeclaredValue[] {
  const mentioned = [...new Set(references.map(({ node }) => node))];
  const earlier = mentioned.flatMap((id) =>
    fieldsOf(nodeOf(graph, id)).map(({ name, type }) => ({ name: valueName({ node: id, field: name }), type })),
  );
  return [...graph.document.parameters, ...earlier];
}
