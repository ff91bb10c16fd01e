import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';

type Keyed = { id: string };

/**
 * A document as files hold it, so that equal documents are equal texts: what has no order is sorted by id, and nodes stand on whole
 * pixels. Of edges, those into one port keep their order, for a union takes its inputs in it.
 */
export function canonical<Document extends Omit<WorkflowDocument, 'schemaVersion'>>(document: Document): Document {
  return {
    ...document,
    nodes: sorted(document.nodes).map((node) => ({ ...node, position: onPixels(node.position) })),
    edges: [...document.edges].sort((a, b) => compare(a.target, b.target) || compare(a.targetPort, b.targetPort)),
    notes: sorted(document.notes).map(({ size, ...note }) => ({
      ...note,
      position: onPixels(note.position),
      ...(size ? { size: { width: whole(size.width), height: whole(size.height) } } : {}),
    })),
    groups: sorted(document.groups).map((group) => ({ ...group, nodes: [...group.nodes].sort(compare) })),
  };
}

/** By code units: a rule that no language of a machine changes. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sorted = <Element extends Keyed>(elements: readonly Element[]) =>
  [...elements].sort((a, b) => compare(a.id, b.id));
/** Without the zero that has a sign. */
const whole = (length: number) => Math.round(length) + 0;
const onPixels = ({ x, y }: { x: number; y: number }) => ({ x: whole(x), y: whole(y) });
