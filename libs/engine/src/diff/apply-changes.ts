import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import { workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { DocumentChange } from './document-change';

const ORIGIN = { x: 0, y: 0 };

/** The document that changes make of another: what stays keeps its place, what is new stands at the origin. Throws where that is no document. */
export function applyChanges(changes: readonly DocumentChange[], before: WorkflowDocument): WorkflowDocument {
  const nodes = new Map<string, object>(before.nodes.map((node) => [node.id, node]));
  const edges = new Map<string, unknown>(before.edges.map((edge) => [edge.id, edge]));
  const own: Record<string, unknown> = {};
  let order: readonly string[] | undefined;
  for (const change of changes) {
    const { nodeId, edgeId, field, after } = change;
    if (nodeId !== undefined && field === undefined) put(nodes, nodeId, after, { position: ORIGIN });
    else if (nodeId !== undefined) nodes.set(nodeId, withField(nodes.get(nodeId), field ?? '', after));
    else if (edgeId !== undefined) put(edges, edgeId, after);
    else if (field === 'edgeOrder') order = after as string[];
    else if (field === 'name' || field === 'description') own[field] = after;
  }
  const listed = order ? order.map((id) => edges.get(id)) : [...edges.values()];
  const lists = Object.fromEntries(LISTS.map((list) => [list, listAfter(list, changes, before)]));
  return workflowDocument.parse({ ...before, ...own, ...lists, nodes: [...nodes.values()], edges: listed });
}

const LISTS = ['parameters', 'notes', 'groups'] as const;

function listAfter(list: (typeof LISTS)[number], changes: readonly DocumentChange[], before: WorkflowDocument) {
  const items = new Map<string, object>(before[list].map((item) => ['id' in item ? item.id : item.name, item]));
  for (const { nodeId, edgeId, field = '', after } of changes) {
    if (nodeId !== undefined || edgeId !== undefined || !field.startsWith(`${list}.`)) continue;
    const key = field.slice(list.length + 1);
    put(items, key, after, list === 'notes' ? placeOf(items.get(key)) : {});
  }
  return [...items.values()];
}

function put(all: Map<string, unknown>, key: string, after: unknown, more: object = {}): void {
  if (after === undefined) all.delete(key);
  else all.set(key, { ...more, ...(after as object) });
}

/** A note keeps its place and size. */
function placeOf(note: object | undefined): object {
  if (!note || !('position' in note)) return { position: ORIGIN };
  return { position: note.position, ...('size' in note ? { size: note.size } : {}) };
}

function withField(node: object | undefined, field: string, after: unknown): object {
  if (!field.startsWith('config.')) return { ...node, [field]: after };
  const key = field.slice('config.'.length);
  const config = new Map(Object.entries((node as WorkflowNode).config));
  if (after === undefined) config.delete(key);
  else config.set(key, after);
  return { ...node, config: Object.fromEntries(config) };
}
