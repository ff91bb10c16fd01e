import { createContext, use } from 'react';
import type { Draft, DraftValue, ModelPath } from './model-text';

/** How the parts of the form change the one text, and what is wrong with them. */
export interface Editing {
  set(path: ModelPath, value: DraftValue | undefined): void;
  add(path: ModelPath, item: Draft): void;
  remove(path: ModelPath): void;
  problemAt(path: ModelPath): string | undefined;
}

export const EditingContext = createContext<Editing | undefined>(undefined);

export function useEditing(): Editing {
  const editing = use(EditingContext);
  if (!editing) throw new Error('A part of a model stands outside of its editor.');
  return editing;
}
