import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import type { DocumentChange } from '@snowflow/engine/diff/document-change';
import type { ChangeMark } from '../../store/view-slice';

interface CanvasMarks {
  marks: ReadonlyMap<string, ChangeMark>;
  /** The removed nodes, where they stood. */
  ghosts: readonly WorkflowNode[];
}

/** How nodes are marked on the canvas while two revisions are compared. */
export function canvasMarks(changes: readonly DocumentChange[], before: WorkflowDocument): CanvasMarks {
  const marks = new Map<string, ChangeMark>();
  for (const { nodeId, field, kind } of changes) {
    if (nodeId !== undefined) marks.set(nodeId, field === undefined ? kind : 'changed');
  }
  return { marks, ghosts: before.nodes.filter(({ id }) => marks.get(id) === 'removed') };
}
