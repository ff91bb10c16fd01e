import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { components } from './generated/schema';
import { answer, client } from './client';

export type ColumnLineage = components['schemas']['ColumnLineageView'];
export type TableColumn = components['schemas']['TableColumnView'];

/** Where one column of a node comes from and what it goes into. */
export async function traceColumn(
  definition: WorkflowDocument,
  of: { nodeId: string; column: string },
  signal: AbortSignal,
): Promise<ColumnLineage | undefined> {
  const { of: lineage } = await answer(client.POST('/api/v1/workflows/lineage', { body: { definition, of }, signal }));
  return lineage;
}
