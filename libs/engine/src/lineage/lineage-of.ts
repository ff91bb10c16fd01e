import type { Lineage, LineageContext, LineageSource, NodeLineage } from '@snowflow/nodes/kit/lineage';
import { passedOn } from '@snowflow/nodes/kit/lineage-sources';
import { renderText } from '@snowflow/nodes/kit/sql/render';
import type { SqlParser } from '../sql/sql-parser';
import { type KnownTable, unreadLineage } from '../sql/trace/query-lineage';
import { declaredFor, fieldsOf } from '../validate/declared-values';
import { CheckedNode, nodeOf, WorkflowGraph } from '../validate/workflow-graph';
import type { LineageEdge, LineageGraph, LineagePoint } from './lineage-graph';

/** What lineage may use besides the validated graph. Without a parser, what SQL says is unknown. */
export interface LineageOptions {
  parser?: SqlParser;
  /** Tables that SQL names. */
  tables?: KnownTable;
}

/** Where every column of a workflow comes from, by what its nodes say of themselves. Nodes behind a cycle are left out. */
export function lineageOf(graph: WorkflowGraph, options: LineageOptions = {}): LineageGraph {
  const columns = new Map<string, readonly string[]>();
  const fields = new Map<string, readonly string[]>();
  const edges: LineageEdge[] = [];
  for (const id of graph.order) {
    const checked = nodeOf(graph, id);
    const lineage = lineageOfNode(graph, checked, options);
    columns.set(id, [...lineage.columns.keys()]);
    fields.set(
      id,
      fieldsOf(checked).map(({ name }) => name),
    );
    edges.push(...edgesOfNode(graph, checked, lineage));
  }
  return { columns, fields, edges };
}

function lineageOfNode(graph: WorkflowGraph, checked: CheckedNode, { parser, tables }: LineageOptions): NodeLineage {
  const { definition, config, node } = checked;
  const context: LineageContext = {
    inputs: checked.inputColumns,
    kinds: checked.inputKinds,
    parameters: declaredFor(graph, checked),
    known: checked.known,
    readQuery: (query, inputs) =>
      parser?.lineageOf(renderText(query), inputs, tables ?? (() => undefined)) ??
      unreadLineage('SQL is read where the workflow is checked'),
  };
  const handsOn = passedOn(context, [], checked.ports.inputs[0]?.id);
  if (node.disabled) return handsOn;
  if (!definition || !config) return NONE;
  return definition.lineage?.(config.value, context) ?? handsOn;
}

const NONE: NodeLineage = { columns: new Map(), rows: { value: [], influence: [] } };

function* edgesOfNode(graph: WorkflowGraph, checked: CheckedNode, lineage: NodeLineage): Generator<LineageEdge> {
  const nodeId = checked.node.id;
  const place = (kind: 'column' | 'field' | 'rows' | 'order', name = ''): LineagePoint => ({ kind, nodeId, name });
  const edgesTo = (to: LineagePoint, { value, influence }: Lineage): LineageEdge[] => [
    ...value.map((source) => ({ from: pointOf(checked, source), to, kind: 'value' as const })),
    ...influence.map((source) => ({ from: pointOf(checked, source), to, kind: 'influence' as const })),
  ];
  for (const [name, one] of lineage.columns) {
    yield* edgesTo(place('column', name), one);
    const { target } = lineage;
    if (target) {
      yield { from: place('column', name), to: { kind: 'target', nodeId, ...target, column: name }, kind: 'value' };
    }
  }
  yield* edgesTo(place('rows'), lineage.rows);
  yield* edgesTo(place('order'), { value: [], influence: orderOf(checked, lineage) });
  yield* edgesToFields(graph, checked, lineage, edgesTo);
  // An earlier value that a config names may decide anything that the node gives.
  for (const { node, field } of checked.references) {
    yield { from: { kind: 'field', nodeId: node, name: field }, to: place('rows'), kind: 'influence' };
  }
}

function* edgesToFields(
  graph: WorkflowGraph,
  checked: CheckedNode,
  { fields }: NodeLineage,
  edgesTo: (to: LineagePoint, lineage: Lineage) => LineageEdge[],
): Generator<LineageEdge> {
  const nodeId = checked.node.id;
  for (const { name } of fieldsOf(checked)) {
    const to: LineagePoint = { kind: 'field', nodeId, name };
    yield* edgesTo(to, fields?.get(name) ?? { value: [ITS_OWN], influence: [] });
    yield { from: { kind: 'rows', nodeId, name: '' }, to, kind: 'influence' };
    for (const { source } of checked.incoming) {
      for (const { name: before } of fieldsOf(nodeOf(graph, source))) {
        yield { from: { kind: 'field', nodeId: source, name: before }, to, kind: 'influence' };
      }
    }
  }
}

const ITS_OWN: LineageSource = { kind: 'unknown', why: 'What it comes to is known when it runs' };

/** What the order of a node's rows is made of: its own keys, or the order that reaches it. */
function orderOf({ definition, node, ports }: CheckedNode, lineage: NodeLineage): readonly LineageSource[] {
  if (!node.disabled && definition?.order === 'gives') return lineage.order ?? [];
  if (!node.disabled && definition?.order !== 'keeps') return [];
  return [{ kind: 'order', port: ports.inputs[0]?.id ?? 'in', edge: 0 }];
}

function pointOf(checked: CheckedNode, source: LineageSource): LineagePoint {
  const nodeId = checked.node.id;
  if (source.kind === 'table' || source.kind === 'unknown') return { ...source, nodeId };
  const edge = checked.incoming.filter(({ targetPort }) => targetPort === source.port)[source.edge];
  if (!edge) return { kind: 'unknown', nodeId, why: 'Nothing is connected here yet' };
  return { kind: source.kind, nodeId: edge.source, name: source.kind === 'column' ? source.column : '' };
}
