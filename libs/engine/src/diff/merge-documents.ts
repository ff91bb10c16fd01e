import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { withoutPlace } from './document-lists';
import { danglingEdges, withoutVanished } from './merged-edges';
import { type Choices, mergeKeyed, type MergeConflict, type Side } from './merge-keyed';
import { sameJson } from './same-json';

/** What became of two sets of changes to one document. */
export interface Merged {
  document: WorkflowDocument;
  /** What both sides changed, each in its own way; it has the value of the chosen side, without a choice mine. */
  conflicts: MergeConflict[];
  /** Connections of either side whose node the other one removed. */
  dropped: WorkflowDocument['edges'];
}

const NONE: Choices = new Map();

/**
 * Merges two documents that came of one, node by node: what one side changed is taken over, and what both changed in different ways is
 * chosen. Where things stand is no conflict: mine stay where I put them. A node that one side removed and the other changed is a conflict;
 * where it stays, so do the connections that the side which kept it has.
 */
export function mergeDocuments(
  base: WorkflowDocument,
  mine: WorkflowDocument,
  theirs: WorkflowDocument,
  choices: Choices = NONE,
): Merged {
  const three = <Part>(of: (document: WorkflowDocument) => Part) => [of(base), of(mine), of(theirs)] as const;
  const own = (field: 'name' | 'description') => mergeField(field, ...three((one) => one[field]), choices);
  const [name, description] = [own('name'), own('description')];
  const byId = { key: ({ id }: { id: string }) => id, choices };
  const nodes = mergeKeyed('node', ...three((one) => one.nodes), { ...byId, compared: withoutPlace, placed: true });
  const notes = mergeKeyed('note', ...three((one) => one.notes), { ...byId, compared: withoutPlace, placed: true });
  const groups = mergeKeyed('group', ...three((one) => one.groups), byId);
  const edges = mergeKeyed('edge', ...three((one) => one.edges), { ...byId, kept: keptWith(nodes.chosen) });
  const parameters = mergeKeyed('parameter', ...three((one) => one.parameters), { key: ({ name }) => name, choices });
  const there = new Set(nodes.items.map(({ id }) => id));
  const dropped = danglingEdges(edges, there, mine, theirs);
  const document = {
    ...mine,
    name: name.value,
    description: description.value,
    parameters: parameters.items,
    nodes: nodes.items,
    edges: edges.items.filter((edge) => !dropped.includes(edge)),
    notes: notes.items,
    groups: groups.items.map((group) => withoutVanished(group, groups.from.get(group.id), there, mine, theirs)),
  };
  const conflicts = [name, description, parameters, nodes, edges, notes, groups].flatMap((one) => one.conflicts);
  return { document, conflicts, dropped };
}

/** A connection goes on with a node that was removed on one side and is kept by choice. */
function keptWith(chosen: ReadonlyMap<string, Side>) {
  return ({ source, target }: { source: string; target: string }): Side | undefined =>
    chosen.get(source) ?? chosen.get(target);
}

function mergeField(
  field: 'name' | 'description',
  base: string,
  mine: string,
  theirs: string,
  choices: Choices,
): { value: string; conflicts: MergeConflict[] } {
  if (sameJson(mine, theirs) || sameJson(base, theirs)) return { value: mine, conflicts: [] };
  if (sameJson(base, mine)) return { value: theirs, conflicts: [] };
  const key = `field:${field}`;
  return {
    value: choices.get(key) === 'theirs' ? theirs : mine,
    conflicts: [{ key, kind: 'field', id: field, base, mine, theirs }],
  };
}
