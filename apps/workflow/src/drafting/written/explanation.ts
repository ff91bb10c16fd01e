import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { diffDocuments } from '@snowflow/engine/diff/diff-documents';
import { definitions } from '@snowflow/nodes/definitions';

const NO_MODEL =
  'No model was asked: there is none here that could draw, so fixed phrases were read from your words, such as “sum of A by B from TABLE where C > 10”, “top 10 TABLE by A”, “join A and B on X = Y”, “sort by A”, “write to DB.SCHEMA.TABLE”.';

/** What was drawn, in the words of the canvas, and that nobody was asked. */
export function explanationOf(before: WorkflowDocument, after: WorkflowDocument): string {
  const touched = new Set(diffDocuments(before, after).flatMap(({ nodeId }) => nodeId ?? []));
  const steps = after.nodes
    .filter(({ id }) => touched.has(id))
    .map(
      ({ type, config }) => `${definitions.get(type)?.title ?? type} (${definitions.get(type)?.summary(config) ?? ''})`,
    );
  const drawn = steps.length > 0 ? `Drawn: ${steps.join(', ')}. ` : touched.size > 0 ? '' : 'Nothing was drawn. ';
  return `${drawn}${NO_MODEL}`.slice(0, 8_000);
}
