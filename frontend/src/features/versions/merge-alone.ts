import { mergeDocuments } from '@snowflow/engine/diff/merge-documents';
import { documentOf, useBuilder } from '../../store/builder-store';
import type { StaleSave } from '../saving/save-queue';
import { drawMerged } from './draw-merged';

/** Draws what both sides changed where it is about different things; false where somebody has to choose, or would lose a connection. */
export function mergeAlone(stale: StaleSave): boolean {
  const { document, conflicts, dropped } = mergeDocuments(stale.base, documentOf(useBuilder.getState()), stale.theirs);
  if (conflicts.length > 0 || dropped.length > 0) return false;
  drawMerged(stale, document);
  return true;
}
