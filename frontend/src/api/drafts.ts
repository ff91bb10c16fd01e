import type { Problem } from '@snowflow/contracts/documents/problem';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { DocumentChange } from '@snowflow/engine/diff/document-change';
import { answer, client } from './client';
import type { components } from './generated/schema';

type Schemas = components['schemas'];
export type Models = Schemas['ModelsView'];
/** A proposal: nothing is saved by it. */
export type Draft = Omit<Schemas['DraftReply'], 'definition' | 'problems' | 'changes'> & {
  definition: WorkflowDocument;
  problems: Problem[];
  changes: DocumentChange[];
};

export interface DraftBody {
  request: string;
  definition: WorkflowDocument;
  model?: string;
}

export const fetchModels = (signal: AbortSignal): Promise<Models> => answer(client.GET('/api/v1/models', { signal }));

export const draftWorkflow = async (body: DraftBody, signal: AbortSignal) =>
  (await answer(
    client.POST('/api/v1/workflows/draft', { body: { ...body, definition: { ...body.definition } }, signal }),
  )) as Draft;
