import type { SourceRef } from '../../api/catalog';
import { createContext, use } from 'react';

export interface TreeState {
  /** The key of the one item that the Tab key reaches; undefined: the first. */
  focused: string | undefined;
  setFocused(key: string): void;
  isOpen(key: string): boolean;
  setOpen(key: string, open: boolean): void;
  /** What a click on a source does; without it a double click adds a node. */
  pick?: ((source: SourceRef) => void) | undefined;
}

export const TreeContext = createContext<TreeState | undefined>(undefined);

export function useTree(): TreeState {
  const state = use(TreeContext);
  if (!state) throw new Error('A tree item stands outside of a tree.');
  return state;
}
