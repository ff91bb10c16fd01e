import { type ApiClient, runToEnd } from './api-client';
import { accessTokenOf } from './direct-sql';
import { DocumentBuilder } from './document-builder';
import { type Ids, templateWords } from './route-requests';

const owned = new DocumentBuilder('Owned')
  .tpch('region', 'REGION')
  .node('result', 'output.result', { name: 'Regions', view: 'table' }, 'region')
  .node('out', 'output.response', {}, 'region')
  .build();

/** Who owns what routes are asked about. */
interface BelongsTo {
  api: ApiClient;
  user: string;
  role: string;
  sessionId: string;
  warehouseUrl: string;
}

interface Bound {
  bindings: { id: string; workflowId: string }[];
}

/** Something of each kind that routes are about: a workflow that was run, published under a slug, scheduled and asked to be published. */
export async function belongings({ api, user, role, sessionId, warehouseUrl }: BelongsTo, slug: string): Promise<Ids> {
  const make = async <Made = { id: string }>(method: string, path: string, body?: object): Promise<Made> => {
    const { status, body: made } = await api.call<Made>(method, path, { body });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(made)}`);
    return made;
  };
  const { id: workflowId } = await make('POST', '/workflows/save', { definition: owned });
  const run = await runToEnd(api, { workflowId });
  const secret = await accessTokenOf(warehouseUrl, user);
  const credential = await make('POST', '/credentials', { name: `Mine for ${slug}`, kind: 'pat', secret });
  const right = { credentialId: credential.id, role, warehouse: 'DEMO_WH' };
  const publication = await make<{ id: string; revisionHash: string }>('PUT', `/workflows/${workflowId}/publication`, {
    ...right,
    slug,
    revision: 1,
    mode: 'sync',
    enabled: true,
  });
  const { revisionHash } = publication;
  const bindings = `/credentials/${credential.id}/bindings`;
  const bound = await make<Bound>('POST', bindings, { workflowId, revisionHash, role, warehouse: right.warehouse });
  const bindingId = bound.bindings[0]?.id ?? '';
  await make('POST', `${bindings}/${bindingId}/approve`, {});
  const ids = {
    workflowId,
    runId: run.id,
    sessionId,
    slug,
    publicationId: publication.id,
    credentialId: credential.id,
    bindingId,
    apiKeyId: (await make('POST', '/auth/api-keys', { name: `Mine for ${slug}`, days: 1 })).id,
    templateId: (await make('POST', '/templates', { ...templateWords, workflowId })).id,
    scheduleId: (await make('POST', '/schedules', { ...right, workflowId, revision: 1, cron: '0 7 * * *' })).id,
    publishRequestId: (await make('POST', `/workflows/${workflowId}/publish-requests`, { revision: 1 })).id,
  };
  const lacking = Object.entries(ids).filter(([, id]) => id === undefined);
  if (lacking.length > 0) throw new Error(`Not made: ${lacking.map(([name]) => name).join(', ')}`);
  return ids;
}
