import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { callsIn } from '@snowflow/nodes/kit/calls-in';
import { parsePath, putAt } from './template-path';

/** The document with other ids for the workflows that it calls. A called one is new, so no number of a revision is kept. */
export function rewrittenCalls(document: WorkflowDocument, ids: ReadonlyMap<string, string>): WorkflowDocument {
  const rewritten = structuredClone(document);
  for (const node of rewritten.nodes) {
    for (const { path, call } of callsIn(node.config)) {
      const id = ids.get(call.workflowId);
      const place = parsePath(`nodes.${node.id}.config.${path}`);
      const revision = parsePath(`nodes.${node.id}.config.${path.replace(/workflowId$/, 'revision')}`);
      if (id === undefined || !place || !revision) continue;
      putAt(rewritten, place, id);
      putAt(rewritten, revision, 'published');
    }
  }
  return rewritten;
}
