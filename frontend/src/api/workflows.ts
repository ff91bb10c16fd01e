import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { answer, client } from './client';
import type { Page, Saved, Validation, Workflow, WorkflowSummary } from './types';

export interface SaveBody {
  id?: string;
  revision?: number;
  definition: WorkflowDocument;
}

export const fetchWorkflows = async (
  search: string,
  cursor: string | null,
  signal: AbortSignal,
  limit = 50,
  { trash = false, all = false, tag = '' } = {},
) => {
  const query = {
    limit,
    ...(search ? { search } : {}),
    ...(tag ? { tag } : {}),
    ...(all ? { all: 'true' as const } : {}),
    ...(trash ? { trash: 'true' as const } : {}),
    ...(cursor === null ? {} : { cursor }),
  };
  return (await answer(client.GET('/api/v1/workflows', { params: { query }, signal }))) as Page<WorkflowSummary>;
};

export const fetchWorkflow = async (id: string, signal: AbortSignal) =>
  (await answer(client.GET('/api/v1/workflows/{id}', { params: { path: { id } }, signal }))) as Workflow;

/** `keepalive` lets the request outlive the page. */
export const saveWorkflow = (body: SaveBody, keepalive = false): Promise<Saved> =>
  answer(client.POST('/api/v1/workflows/save', { body, keepalive }));

export const deleteWorkflow = (id: string) =>
  answer(client.DELETE('/api/v1/workflows/{id}', { params: { path: { id } } }));

export const validateWorkflow = async (definition: WorkflowDocument, signal: AbortSignal) =>
  (await answer(client.POST('/api/v1/workflows/validate', { body: { definition }, signal }))) as Validation;
