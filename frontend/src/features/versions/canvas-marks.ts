import type { DocumentChange } from '@snowflow/engine/diff/document-change';

/** How nodes are marked on the canvas while two revisions are compared. */
export function canvasMarks(changes: readonly DocumentChange[]): Map<string, 'added' | 'changed'> {
  const marks = new Map<string, 'added' | 'changed'>();
  for (const { nodeId, field, kind } of changes) {
    if (nodeId === undefined || (field === undefined && kind === 'removed')) continue;
    marks.set(nodeId, field === undefined && kind === 'added' ? 'added' : 'changed');
  }
  return marks;
}
