import type { DocumentChange } from '@snowflow/engine/diff/document-change';
import type { WorkflowDocument, WorkflowEdge, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import { definitionOf } from '../../store/node-definitions';
import type { Draft } from '../../api/drafts';

/** One changed field; an added or removed thing has none. */
export interface ChangedField {
  name: string;
  before: string | undefined;
  after: string | undefined;
}

/** What became of one node, edge or part of the document. */
export interface ChangedThing {
  key: string;
  kind: DocumentChange['kind'];
  name: string;
  fields: ChangedField[];
}

const MOST_LETTERS = 300;

/** The changes of a draft by the thing that they are of, in the order of the list. */
export function changedThings(
  { changes, definition }: Pick<Draft, 'changes' | 'definition'>,
  before: WorkflowDocument,
) {
  const names = new Map([...before.nodes, ...definition.nodes].map((node) => [node.id, node.label || node.id]));
  const things = new Map<string, ChangedThing>();
  for (const change of changes) {
    const key = change.nodeId ? `node ${change.nodeId}` : change.edgeId ? `edge ${change.edgeId}` : 'workflow';
    const isWhole = change.field === undefined;
    const thing = things.get(key) ?? {
      key,
      kind: isWhole ? change.kind : 'changed',
      name: nameOf(change, names),
      fields: [],
    };
    things.set(key, thing);
    thing.fields.push(...fieldsOf(change));
  }
  return [...things.values()];
}

function nameOf({ nodeId, edgeId, before, after }: DocumentChange, names: ReadonlyMap<string, string>): string {
  if (nodeId !== undefined) {
    const type = ((after ?? before) as WorkflowNode | undefined)?.type;
    const title = type === undefined ? undefined : (definitionOf(type)?.title ?? type);
    const name = names.get(nodeId) ?? nodeId;
    return title === undefined || title === name ? name : `${name} (${title})`;
  }
  if (edgeId === undefined) return 'Workflow';
  const { source, target } = (after ?? before) as WorkflowEdge;
  return `Connection ${names.get(source) ?? source} → ${names.get(target) ?? target}`;
}

/** Of a new node its settings, one by one. */
function fieldsOf({ kind, nodeId, field, before, after }: DocumentChange): ChangedField[] {
  if (field !== undefined)
    return [{ name: field.replace(/^config\./, ''), before: textOf(before), after: textOf(after) }];
  if (nodeId === undefined || kind !== 'added') return [];
  const { config } = after as WorkflowNode;
  return Object.entries(config).map(([name, value]) => ({ name, before: undefined, after: textOf(value) }));
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}
