import { answer, client } from './client';
import type { Page, Run, RunMode, RunSummary } from './types';

/** Answers the new run's id. */
export const startRun = async (
  workflowId: string,
  revision: number,
  { mode = 'full', parameters }: { mode?: RunMode | undefined; parameters?: Record<string, unknown> } = {},
): Promise<string> => {
  const started = await answer(
    client.POST('/api/v1/workflows/run', {
      params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
      body: { workflowId, revision, mode, ...(parameters ? { parameters } : {}) },
    }),
  );
  // The second form answers a request that waits for the end of the run, which this one does not.
  return 'runId' in started ? started.runId : started.id;
};

/** A new run that takes over what succeeded in an ended one. Answers its id. */
export const retryRun = async (id: string): Promise<string> => {
  const header = { 'Idempotency-Key': crypto.randomUUID() };
  return (await answer(client.POST('/api/v1/runs/{id}/retry', { params: { path: { id }, header } }))).runId;
};

export const fetchRun = async (id: string, signal?: AbortSignal) =>
  (await answer(client.GET('/api/v1/runs/{id}', { params: { path: { id } }, ...(signal ? { signal } : {}) }))) as Run;

export const fetchRuns = async (
  { workflowId, status }: { workflowId: string | null; status: string | null },
  cursor: string | null,
  signal: AbortSignal,
) => {
  const query = {
    limit: 50,
    ...(workflowId === null ? {} : { workflowId }),
    ...(status === null ? {} : { status }),
    ...(cursor === null ? {} : { cursor }),
  };
  return (await answer(client.GET('/api/v1/runs', { params: { query }, signal }))) as Page<RunSummary>;
};

export const fetchLatestRun = async (workflowId: string, signal: AbortSignal) => {
  const page = await answer(client.GET('/api/v1/runs', { params: { query: { workflowId, limit: 1 } }, signal }));
  return (page as Page<RunSummary>).items[0];
};

/** How many of the person's runs go on; as many as one page shows. */
export const countGoingRuns = async (signal: AbortSignal) => {
  const pages = await Promise.all(
    (['queued', 'running', 'waiting'] as const).map((status) =>
      answer(client.GET('/api/v1/runs', { params: { query: { status, limit: 50 } }, signal })),
    ),
  );
  return pages.reduce((count, { items }) => count + items.length, 0);
};

export const cancelRun = (id: string) => answer(client.POST('/api/v1/runs/{id}/cancel', { params: { path: { id } } }));

export const runEventsUrl = (id: string) => `/api/v1/runs/${encodeURIComponent(id)}/events`;

export const fetchResult = (
  run: string,
  nodeId: string,
  options: { cursor: string | null; limit: number; signal: AbortSignal },
) =>
  answer(
    client.GET('/api/v1/runs/{id}/nodes/{nodeId}/result', {
      params: {
        path: { id: run, nodeId },
        query: { limit: options.limit, ...(options.cursor === null ? {} : { cursor: options.cursor }) },
      },
      signal: options.signal,
    }),
  );

/** Steps of an agent of a run, in the order in which they began; `next` of a page leads to the one behind it. */
export const fetchAgentTrace = (
  id: string,
  nodeId: string,
  { after, limit, signal }: { after: number; limit: number; signal: AbortSignal },
) =>
  answer(
    client.GET('/api/v1/runs/{id}/nodes/{nodeId}/trace', {
      params: { path: { id, nodeId }, query: { after, limit } },
      signal,
    }),
  );
