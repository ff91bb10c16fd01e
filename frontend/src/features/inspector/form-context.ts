import type { Column } from '@snowflow/contracts/documents/column';
import type { Problem } from '@snowflow/contracts/documents/problem';
import { createContext, use } from 'react';

/** What the fields of one node's form may look at. */
export interface NodeFormContext {
  nodeId: string;
  readOnly: boolean;
  /** The columns that reach a port; without a name the first. `self` is the node's own source. */
  columns(port?: string): readonly Column[] | undefined;
  /** The problem of a field, by its dotted path in the config. */
  problemAt(path: string): Problem | undefined;
}

export const FormContext = createContext<NodeFormContext | undefined>(undefined);

export function useNodeForm(): NodeFormContext {
  const context = use(FormContext);
  if (!context) throw new Error('A field stands outside of a node form.');
  return context;
}
