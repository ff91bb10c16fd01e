import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { answer, client } from './client';
import type { components } from './generated/schema';

export type AccessMatrix = components['schemas']['AccessMatrixView'];
export type AccessCell = components['schemas']['AccessCell'];

/** Which roles could run the document, node by node. Nothing is run for it. */
export const fetchAccessMatrix = (definition: WorkflowDocument, signal: AbortSignal): Promise<AccessMatrix> =>
  answer(client.POST('/api/v1/workflows/access-matrix', { body: { definition }, signal }));
