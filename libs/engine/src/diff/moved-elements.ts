import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { DocumentChange } from './document-change';
import { sameJson } from './same-json';

/** What stands elsewhere on the canvas in another document, which is no difference of what it does: nodes, and notes by place and size. */
export function movedElements(before: WorkflowDocument, after: WorkflowDocument): DocumentChange[] {
  const nodes = pairs(before.nodes, after.nodes).map(([old, now]): DocumentChange => {
    return { kind: 'changed', nodeId: now.id, field: 'position', before: old.position, after: now.position };
  });
  const notes = pairs(before.notes, after.notes).map(([old, now]): DocumentChange => {
    const [was, is] = [placeOf(old), placeOf(now)];
    return { kind: 'changed', field: `notes.${now.id}.position`, before: was, after: is };
  });
  return [...nodes, ...notes].filter((change) => !sameJson(change.before, change.after));
}

const placeOf = ({ position, size }: WorkflowDocument['notes'][number]) => ({ ...position, ...size });

function pairs<Element extends { id: string }>(before: readonly Element[], after: readonly Element[]) {
  const old = new Map(before.map((element) => [element.id, element]));
  return after.flatMap((now): [Element, Element][] => {
    const was = old.get(now.id);
    return was ? [[was, now]] : [];
  });
}
