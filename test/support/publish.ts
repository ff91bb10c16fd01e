import type { ApiClient } from './api-client';
import { accessTokenOf } from './direct-sql';

/** A stored credential of the demo account's person. */
export async function storeToken(api: ApiClient, warehouseUrl: string, user = 'demo'): Promise<string> {
  const secret = await accessTokenOf(warehouseUrl, user);
  const body = { name: `Token of ${user} ${secret.slice(-6)}`, kind: 'pat', secret };
  const { status, body: stored } = await api.call<{ id: string }>('POST', '/credentials', { body });
  if (status !== 201) throw new Error(`The credential was not stored: ${status} ${JSON.stringify(stored)}`);
  return stored.id;
}

interface Publication {
  id: string;
  workflowId: string;
  revisionHash: string;
}

/** Saves a workflow, publishes it and approves what it runs by. */
export async function publish(
  api: ApiClient,
  definition: object,
  more: { slug: string; credentialId: string; [field: string]: unknown },
): Promise<Publication> {
  const saved = await api.call<{ id: string; revision: number }>('POST', '/workflows/save', { body: { definition } });
  const right = { role: 'SYSADMIN', warehouse: 'DEMO_WH' };
  const body = { revision: saved.body.revision, ...right, mode: 'sync', enabled: true, ...more };
  const published = await api.call<Publication>('PUT', `/workflows/${saved.body.id}/publication`, { body });
  if (published.status !== 200) throw new Error(`Not published: ${JSON.stringify(published.body)}`);
  const { workflowId, revisionHash } = published.body;
  const bound = await api.call<{ bindings: { id: string; workflowId: string }[] }>(
    'POST',
    `/credentials/${more.credentialId}/bindings`,
    { body: { workflowId, revisionHash, ...right } },
  );
  const binding = bound.body.bindings.find((one) => one.workflowId === workflowId)?.id;
  await api.call('POST', `/credentials/${more.credentialId}/bindings/${binding}/approve`, {});
  return published.body;
}
