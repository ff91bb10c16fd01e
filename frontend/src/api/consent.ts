import { answer, client } from './client';

/** What running a revision reads, writes and sends. */
export interface RunSummary {
  workflowId: string;
  name: string;
  revision: number;
  reads: string[];
  writes: { table: string; mode: string }[];
  sends: { by: 'webhook' | 'email' | 'call'; to: string }[];
  models: string[];
  calls: { workflowId: string; name: string; revision: number }[];
  summaryHash: string;
}

export const consentTo = ({ workflowId: id, revision, summaryHash }: RunSummary): Promise<unknown> =>
  answer(
    client.POST('/api/v1/workflows/{id}/revisions/{revision}/consent', {
      params: { path: { id, revision } },
      body: { summaryHash },
    }),
  );
