import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { mergeDocuments } from '@snowflow/engine/diff/merge-documents';
import { documentOf, type DrawnPart, useBuilder } from '../../store/builder-store';
import { drafted } from '../../store/drafted';
import type { StaleSave } from '../saving/save-queue';

/**
 * Draws what both sides' changes came to. That is no undo step, and every step before it keeps what the other side changed: who undoes
 * their own work never undoes another's.
 */
export function drawMerged({ base, theirs }: StaleSave, merged: WorkflowDocument): void {
  const { name, nodes, edges, rest, applyDraft } = useBuilder.getState();
  const history = useBuilder.temporal;
  const { pastStates, futureStates, pause, resume } = history.getState();
  const withTheirs = (step: Partial<DrawnPart>): DrawnPart => {
    const drawn = { name, nodes, edges, rest, ...step };
    return drafted(drawn, mergeDocuments(base, documentOf(drawn), theirs).document, 'stays');
  };
  pause();
  applyDraft(merged, 'stays');
  resume();
  history.setState({ pastStates: pastStates.map(withTheirs), futureStates: futureStates.map(withTheirs) });
}
