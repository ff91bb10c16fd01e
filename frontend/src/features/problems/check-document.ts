import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { validate, type KnowledgeByNode } from '@snowflow/engine/validate/validate';
import type { Findings } from '../../store/problems-slice';

/** Checks a document in the browser: problems, and the columns that flow through each port. */
export function checkDocument(document: WorkflowDocument, known: KnowledgeByNode): Findings {
  const { problems, graph } = validate(document, known);
  const nodes = [...(graph?.nodes ?? [])];
  return {
    problems,
    inputColumns: Object.fromEntries(nodes.map(([id, { inputColumns }]) => [id, inputColumns])),
    outputColumns: Object.fromEntries(nodes.map(([id, { columns }]) => [id, columns])),
  };
}
