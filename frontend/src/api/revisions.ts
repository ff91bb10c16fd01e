import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { DocumentChange } from '@snowflow/engine/diff/document-change';
import { answer, client } from './client';
import type { components } from './generated/schema';
import type { Page, Saved } from './types';

type Schemas = components['schemas'];
export type Revision = Schemas['RevisionView'];
export type PublishRequest = Schemas['PublishRequestView'];
export type RevisionDocument = Omit<Schemas['RevisionDocumentView'], 'definition'> & { definition: WorkflowDocument };

export const fetchRevisions = async (id: string, cursor: string | null, signal: AbortSignal) => {
  const query = { limit: 30, ...(cursor === null ? {} : { cursor }) };
  const call = client.GET('/api/v1/workflows/{id}/revisions', { params: { path: { id }, query }, signal });
  return (await answer(call)) as Page<Revision>;
};

export const fetchRevision = async (id: string, revision: number) => {
  const params = { path: { id, revision: revision } };
  return (await answer(client.GET('/api/v1/workflows/{id}/revisions/{revision}', { params }))) as RevisionDocument;
};

export const fetchDiff = async (id: string, a: number, b: number, moves: boolean) => {
  const params = { path: { id, a, b }, query: moves ? { moves: 'true' as const } : {} };
  const { changes } = await answer(client.GET('/api/v1/workflows/{id}/revisions/{a}/diff/{b}', { params }));
  return changes as DocumentChange[];
};

export const nameRevision = (id: string, revision: number, name: string | null) =>
  answer(
    client.PATCH('/api/v1/workflows/{id}/revisions/{revision}', {
      params: { path: { id, revision: revision } },
      body: { name },
    }),
  );

export const publishRevision = (id: string, revision: number) =>
  answer(client.POST('/api/v1/workflows/{id}/publish', { params: { path: { id } }, body: { revision } }));

export const rollBack = (id: string, revision: number): Promise<Saved> =>
  answer(client.POST('/api/v1/workflows/{id}/rollback', { params: { path: { id } }, body: { revision } }));

/** Asks an owner or admin to agree that the revision is published. */
export const askToPublish = (id: string, revision: number) =>
  answer(client.POST('/api/v1/workflows/{id}/publish-requests', { params: { path: { id } }, body: { revision } }));

/** What waits to be published and what became of it, of this workflow, the latest first. */
export const fetchPublishRequests = async (id: string, signal: AbortSignal) => {
  const { items } = await answer(client.GET('/api/v1/publish-requests', { params: { query: {} }, signal }));
  return items.filter(({ workflowId }) => workflowId === id);
};
