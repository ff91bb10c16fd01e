import { mergeDocuments } from '@snowflow/engine/diff/merge-documents';
import { documentOf, useBuilder } from '../../store/builder-store';
import type { StaleSave } from '../saving/save-queue';

/** Draws what both sides changed where it is about different things; false where somebody has to choose, or would lose a connection. */
export function mergeAlone({ base, theirs }: StaleSave): boolean {
  const drawn = useBuilder.getState();
  const { document, conflicts, dropped } = mergeDocuments(base, documentOf(drawn), theirs);
  if (conflicts.length > 0 || dropped.length > 0) return false;
  drawn.applyDraft(document, 'stays');
  return true;
}
