import { createContext, use } from 'react';

export interface TreeState {
  /** The key of the one item that the Tab key reaches; undefined: the first. */
  focused: string | undefined;
  setFocused(key: string): void;
  isOpen(key: string): boolean;
  setOpen(key: string, open: boolean): void;
}

export const TreeContext = createContext<TreeState | undefined>(undefined);

export function useTree(): TreeState {
  const state = use(TreeContext);
  if (!state) throw new Error('A tree item stands outside of a tree.');
  return state;
}
