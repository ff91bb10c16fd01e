import type { ApiClient } from './api-client';
import { sixInARow } from './document-builder';

interface OpenApi {
  paths: Record<string, Record<string, unknown>>;
}

/** Something of each kind that somebody owns. */
export interface Ids {
  workflowId: string;
  runId: string;
  sessionId: string;
  apiKeyId: string;
  credentialId: string;
  templateId: string;
  slug: string;
  publicationId: string;
  bindingId: string;
  scheduleId: string;
  publishRequestId: string;
}

export const templateWords = { name: 'Taken over', description: '', category: 'insight', tags: [], ask: [] };

/** What routes about one thing are sent, by method and path. */
export const bodies: Record<string, (ids: Ids) => object> = {
  'post /workflows/save': ({ workflowId }) => ({ id: workflowId, revision: 1, definition: sixInARow('Taken over') }),
  'post /workflows/export': ({ workflowId }) => ({ ids: [workflowId] }),
  'post /workflows/run': ({ workflowId }) => ({ workflowId }),
  'post /workflows/preview': ({ workflowId }) => ({ workflowId }),
  'post /workflows/access-matrix': ({ workflowId }) => ({ workflowId }),
  'put /workflows/{id}/budget': () => ({ maxBytes: null, maxStatements: null, maxSeconds: null, maxTokens: null }),
  'post /schedules': ({ workflowId }) => ({
    workflowId,
    cron: '0 7 * * *',
    credentialId: 'cred_ofAStranger0000000',
    role: 'ANALYST',
  }),
  'patch /schedules/{id}': () => ({ enabled: false }),
  'post /runs/{id}/approvals/{nodeId}': () => ({ decision: 'approve' }),
  'post /workflows/{id}/revisions/{revision}/consent': () => ({ summaryHash: '0'.repeat(64) }),
  'post /workflows/{id}/publish-requests': () => ({ revision: 1 }),
  'post /publish-requests/{id}/decision': () => ({ decision: 'approve' }),
  'post /workflows/{id}/deploy': () => ({ target: 'sql' }),
  'post /workflows/{id}/deploy/apply': () => ({ target: 'sql', confirmed: true }),
  'post /templates': ({ workflowId }) => ({ ...templateWords, workflowId }),
  'put /templates/{id}': () => templateWords,
  'post /templates/{id}/use': () => ({}),
  'patch /workflows/{id}/revisions/{revision}': () => ({ name: 'of a stranger' }),
  'post /workflows/{id}/publish': () => ({ revision: 1 }),
  'post /workflows/{id}/rollback': () => ({ revision: 1 }),
  'put /workflows/{id}/shares': () => ({ items: [] }),
  'put /workflows/{id}/tags': () => ({ tags: ['strange'] }),
  'put /workflows/{id}/owner': () => ({ username: 'ANALYST' }),
  'put /workflows/{id}/publication': () => ({
    slug: 'of-a-stranger',
    revision: 1,
    credentialId: 'cred_none',
    role: 'ANALYST',
    warehouse: null,
    mode: 'sync',
    enabled: true,
  }),
  'post /embed/tokens': ({ workflowId }) => ({ workflowId, view: 'canvas' }),
  'put /credentials/{id}/secret': () => ({ secret: 'of a stranger' }),
  'post /credentials/{id}/bindings': ({ workflowId }) => ({
    workflowId,
    revisionHash: '0'.repeat(64),
    role: 'ANALYST',
    warehouse: null,
  }),
};
/** What routes of owners and admins are sent. */
export const adminBodies: Record<string, object> = {
  'post /admin/members': { username: 'SOMEBODY', appRole: 'viewer' },
  'patch /admin/members/{userId}': { appRole: 'builder' },
  'put /admin/oauth-clients/{provider}': { clientId: 'of a stranger' },
  'put /admin/outside-hosts': { hosts: [] },
  'put /admin/policies': { version: 0 },
  'put /admin/embed': { parents: ['https://stranger.example.com'] },
  'put /admin/held-tags': { tags: [] },
  'post /admin/outside-credentials': { name: 'x', kind: 'bearer', hosts: ['a.example'], secret: 'of a stranger' },
};
/** What is sent to routes that are about nothing in particular, so that not the body is what they refuse. */
export const plainBodies: Readonly<Record<string, object>> = {
  'post /auth/api-keys': { name: 'One more', days: 1 },
  'post /credentials': { name: 'One more', kind: 'pat', secret: 'of nobody' },
  'post /published/{slug}/embed-tokens': { view: 'canvas' },
  'post /catalog/semantic-models': { database: 'DEMO', schema: 'PUBLIC', yaml: 'name: none' },
  'post /workflows/draft': { request: 'Count the orders', model: 'none' },
};
export const adminQueries: Record<string, string> = {
  'get /admin/oauth-clients/external/setup-sql': '?issuer=https://login.invalid',
};

/** Whether a route is about something that somebody owns. */
export const isAboutOneThing = (operation: string) => /\{(id|nodeId)\}/.test(operation) || operation in bodies;

/** The id that a route of this path is about. */
export function idIn(template: string, ids: Ids): string {
  const kinds: [string, string][] = [
    ['/runs', ids.runId],
    ['/auth/sessions', ids.sessionId],
    ['/auth/api-keys', ids.apiKeyId],
    ['/credentials', ids.credentialId],
    ['/templates', ids.templateId],
    ['/schedules', ids.scheduleId],
    ['/publish-requests', ids.publishRequestId],
  ];
  return kinds.find(([prefix]) => template.startsWith(prefix))?.[1] ?? ids.workflowId;
}

/** Every route of the API, as `get /workflows/{id}`. */
export async function operationsOf(api: ApiClient): Promise<string[]> {
  const { body } = await api.call<OpenApi>('GET', '/openapi.json');
  return Object.entries(body.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method} ${path.replace('/api/v1', '')}`),
  );
}
