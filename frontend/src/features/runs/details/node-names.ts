import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';

/** How the nodes of a run are called. */
export interface NodeNames {
  /** A node that the workflow has no more is called by its id, and its type is not known. */
  of(id: string): { label: string; type: string };
}

/** The names that the nodes have in the workflow as it is now. */
export function nodeNames(definition: WorkflowDocument | undefined): NodeNames {
  const nodes = new Map<string, WorkflowNode>(definition?.nodes.map((node) => [node.id, node]));
  return {
    of: (id) => {
      const node = nodes.get(id);
      return { label: node?.label || id, type: node?.type ?? '' };
    },
  };
}
