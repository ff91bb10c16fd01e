import createClient from 'openapi-fetch';
import { answer } from '../../api/client';
import type { components, paths } from '../../api/generated/schema';

type Schemas = components['schemas'];
export type Embedded = Schemas['EmbeddedWorkflowView'];
export type EmbeddedRun = Schemas['EmbeddedRunView'];

const WAIT = 'wait=20';

/** The routes for frames, by the embed token alone. Cookies are left out, whatever the browser would send. */
export function embedApi(token: string) {
  const client = createClient<paths>({
    credentials: 'omit',
    headers: { authorization: `Bearer ${token}` },
    fetch: (request) => fetch(request),
  });
  return {
    read: (signal: AbortSignal): Promise<Embedded> => answer(client.GET('/api/v1/embed/workflow', { signal })),
    start: (parameters: Record<string, unknown>): Promise<EmbeddedRun> =>
      answer(client.POST('/api/v1/embed/runs', { body: { parameters } })),
    /** Waits a while for the run to end. */
    run: (runId: string): Promise<EmbeddedRun> =>
      answer(client.GET('/api/v1/embed/runs/{runId}', { params: { path: { runId }, header: { Prefer: WAIT } } })),
    /** A value as it is, or rows as text. */
    response: (runId: string): Promise<unknown> =>
      answer(client.GET('/api/v1/embed/runs/{runId}/response', { params: { path: { runId } }, parseAs: 'text' })).then(
        parsed,
      ),
  };
}

export type EmbedApi = ReturnType<typeof embedApi>;

function parsed(text: unknown): unknown {
  try {
    return JSON.parse(String(text)) as unknown;
  } catch {
    return text;
  }
}
