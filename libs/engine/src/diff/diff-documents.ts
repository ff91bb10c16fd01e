import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import type { DocumentChange } from './document-change';
import { listsOf, withoutPlace } from './document-lists';
import { sameJson } from './same-json';

/**
 * What became of one document in another, by node and field. Where things stand on the canvas, and in which order nodes are listed, is
 * no difference; the order of edges is one, for a union takes its inputs in it. Ids have to be unique within each document.
 */
export function diffDocuments(before: WorkflowDocument, after: WorkflowDocument): DocumentChange[] {
  return [
    ...(['name', 'description'] as const).flatMap((field) => changed({ field }, before[field], after[field])),
    ...listsOf(before, after).flatMap(({ field, keyed }) =>
      keysOf(keyed).flatMap((key) => changed({ field: `${field}.${key}` }, keyed[0].get(key), keyed[1].get(key))),
    ),
    ...nodeChanges(before, after),
    ...edgeChanges(before, after),
  ];
}

function nodeChanges(before: WorkflowDocument, after: WorkflowDocument): DocumentChange[] {
  const keyed = [byId(before.nodes), byId(after.nodes)] as const;
  return keysOf(keyed).flatMap((nodeId) => {
    const [old, now] = [keyed[0].get(nodeId), keyed[1].get(nodeId)];
    if (old && now) return fieldChanges(nodeId, old, now);
    return changed({ nodeId }, old && withoutPlace(old), now && withoutPlace(now));
  });
}

function fieldChanges(nodeId: string, old: WorkflowNode, now: WorkflowNode): DocumentChange[] {
  const configs = [new Map(Object.entries(old.config)), new Map(Object.entries(now.config))] as const;
  return [
    ...(['type', 'label'] as const).flatMap((field) => changed({ nodeId, field }, old[field], now[field])),
    ...changed({ nodeId, field: 'disabled' }, old.disabled, now.disabled),
    ...keysOf(configs).flatMap((key) =>
      changed({ nodeId, field: `config.${key}` }, configs[0].get(key), configs[1].get(key)),
    ),
  ];
}

function edgeChanges(before: WorkflowDocument, after: WorkflowDocument): DocumentChange[] {
  const keyed = [byId(before.edges), byId(after.edges)] as const;
  const changes = keysOf(keyed).flatMap((edgeId) => changed({ edgeId }, keyed[0].get(edgeId), keyed[1].get(edgeId)));
  const applied = keysOf(keyed).filter((id) => keyed[1].has(id));
  return [...changes, ...changed({ field: 'edgeOrder' }, applied, [...keyed[1].keys()])];
}

/** An absent side is undefined, which no part of a document is. */
function changed(at: Omit<DocumentChange, 'kind'>, before: unknown, after: unknown): DocumentChange[] {
  if (sameJson(before, after)) return [];
  if (before === undefined) return [{ kind: 'added', ...at, after }];
  if (after === undefined) return [{ kind: 'removed', ...at, before }];
  return [{ kind: 'changed', ...at, before, after }];
}

const byId = <Element extends { id: string }>(elements: readonly Element[]) =>
  new Map(elements.map((element) => [element.id, element]));
const keysOf = ([before, after]: readonly [ReadonlyMap<string, unknown>, ReadonlyMap<string, unknown>]) => [
  ...new Set([...before.keys(), ...after.keys()]),
];
