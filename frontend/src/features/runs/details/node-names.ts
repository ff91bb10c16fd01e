import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import { goesOnAfterFailure } from '../node-look';

/** How the nodes of a run are called. */
export interface NodeNames {
  /** A node that the workflow has no more is called by its id, and its type is not known. `goesOn`: the run goes on when it fails. */
  of(id: string): { label: string; type: string; goesOn: boolean };
}

/** The names that the nodes have in the workflow as it is now. */
export function nodeNames(definition: WorkflowDocument | undefined): NodeNames {
  const nodes = new Map<string, WorkflowNode>(definition?.nodes.map((node) => [node.id, node]));
  return {
    of: (id) => {
      const node = nodes.get(id);
      return { label: node?.label || id, type: node?.type ?? '', goesOn: goesOnAfterFailure(node?.config ?? {}) };
    },
  };
}
