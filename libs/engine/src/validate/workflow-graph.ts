import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import type { Columns, InputColumns, Knowledge, NodeDefinition, PortKind } from '@snowflow/nodes/kit/node-definition';
import type { NodePorts } from '@snowflow/nodes/kit/node-ports';
import type { ValueReference } from '@snowflow/nodes/kit/references';

/** A node with what validation found out about it. */
export interface CheckedNode {
  node: WorkflowNode;
  definition: NodeDefinition | undefined;
  /** By its definition and config; none where the type is unknown. */
  ports: NodePorts;
  /** What the schema gives after parsing; undefined where the config doesn't parse, or the node is disabled. */
  config?: { value: unknown };
  /** Edges between ports that exist, in document order. */
  incoming: WorkflowEdge[];
  outgoing: WorkflowEdge[];
  /** Earlier nodes' values that its config names, where those nodes exist. */
  references: ValueReference[];
  /** What reaches each input port. */
  inputKinds: Readonly<Record<string, PortKind>>;
  inputColumns: InputColumns;
  columns: Readonly<Record<string, Columns>>;
  /** Whether the rows it gives are in an order. */
  sorted: boolean;
  known: Knowledge | undefined;
}

/** A document as a graph. */
export interface WorkflowGraph {
  document: WorkflowDocument;
  nodes: ReadonlyMap<string, CheckedNode>;
  /** Ids in a topological order that follows the document's; nodes in or behind a cycle are left out. */
  order: readonly string[];
}

/** The node of an id that the graph is known to hold. */
export function nodeOf(graph: WorkflowGraph, id: string): CheckedNode {
  const found = graph.nodes.get(id);
  if (!found) throw new Error(`The graph has no node ${id}`);
  return found;
}

/** A disabled node hands on its first input: the edge that stands for it. */
export function passedThrough(checked: CheckedNode): WorkflowEdge | undefined {
  const [first] = checked.ports.inputs;
  return checked.incoming.find((edge) => edge.targetPort === first?.id);
}

/** The edges that a node reads: all, or of a disabled node the one it hands on. */
export function edgesRead(checked: CheckedNode): readonly WorkflowEdge[] {
  if (!checked.node.disabled) return checked.incoming;
  const through = passedThrough(checked);
  return through ? [through] : [];
}

/** The nodes that have to be decided before a node: those whose edges it reads, and those whose values it names. */
export function nodesBefore(checked: CheckedNode): string[] {
  const named = checked.node.disabled ? [] : checked.references.map(({ node }) => node);
  return [...edgesRead(checked).map((edge) => edge.source), ...named];
}
