import type { ApiClient } from '../../support/api-client';
import { accessTokenOf } from '../../support/direct-sql';
import { DocumentBuilder, sixInARow } from '../../support/document-builder';
import type { Asked } from '../../support/route-caller';

/** What some routes need before they can do anything; each may be used up once, and is made anew. */
export interface OwnThings {
  outsideCredentialId: string;
  policiesVersion: number;
  /** Of a sign-in that nothing else needs. */
  refreshToken: string;
  /** A token that Snowflake takes. */
  secret: string;
  /** Waits for an approval. */
  waitingRunId: string;
  /** The same, to be cancelled by who started it. */
  runToCancel: string;
  /** The same, to be cancelled by an admin. */
  runToCancelByAdmin: string;
  failedRunId: string;
  /** A file of workflows. */
  content: string;
  /** Of nodes that Snowflake alone can do. */
  deployableId: string;
  keyRunId: string;
  embedRunId: string;
}

interface Owners {
  warehouseUrl: string;
  builder: ApiClient;
  admin: ApiClient;
  otherOwner: ApiClient;
  about: Asked;
  key: Record<string, string>;
  embed: Record<string, string>;
}

const waiting = new DocumentBuilder('Waits')
  .tpch('region', 'REGION')
  .node('ask', 'logic.approval', { approvers: ['user:DEMO'], message: 'May it go on?' }, 'region')
  .node('result', 'output.result', { name: 'Regions', view: 'table' }, 'ask.approved')
  .build();
const failing = new DocumentBuilder('Fails')
  .node('none', 'source.sql', { sql: 'SELECT 1 / 0 AS A', materialise: true })
  .node('result', 'output.result', { name: 'None', view: 'table' }, 'none')
  .build();

export async function ownThings(owners: Owners): Promise<OwnThings> {
  const { builder, admin, otherOwner, about } = owners;
  const started = (definition: object, prefer: string) => startedRun(builder, definition, prefer);
  const outside = await admin.call<{ id: string }>('POST', '/admin/outside-credentials', {
    body: { name: `For ${about.slug}`, kind: 'bearer', hosts: ['a.example'], secret: 'of nobody' },
  });
  const spare = { account: 'demo', authenticator: 'password', username: 'SPARE', password: 'secret' };
  const signedIn = await builder.call<{ refreshToken: string }>('POST', '/auth/connect', {
    body: { ...spare, issueRefreshToken: true },
  });
  const file = await builder.call<unknown>('POST', '/workflows/export', { body: { ids: [about.workflowId] } });
  const called = await builder.call<{ runId: string }>('POST', `/published/${about.slug}`, {
    body: {},
    headers: { ...owners.key, prefer: 'respond-async' },
  });
  const deployable = await builder.call<{ id: string }>('POST', '/workflows/save', {
    body: { definition: sixInARow() },
  });
  const embedded = await builder.call<{ runId: string }>('POST', '/embed/runs', { body: {}, headers: owners.embed });
  return {
    outsideCredentialId: outside.body.id,
    policiesVersion: (await otherOwner.call<{ version: number }>('GET', '/admin/policies')).body.version,
    refreshToken: signedIn.body.refreshToken,
    secret: await accessTokenOf(owners.warehouseUrl, 'analyst'),
    waitingRunId: await started(waiting, 'respond-async'),
    runToCancel: await started(waiting, 'respond-async'),
    runToCancelByAdmin: await started(waiting, 'respond-async'),
    failedRunId: await started(failing, 'wait=5'),
    content: JSON.stringify(file.body),
    deployableId: deployable.body.id,
    keyRunId: called.body.runId,
    embedRunId: embedded.body.runId,
  };
}

/** The id of a run, which one that has ended in time says as `id`, one that goes on as `runId`. */
async function startedRun(api: ApiClient, definition: object, prefer: string): Promise<string> {
  const { status, body } = await api.call<{ id?: string; runId?: string }>('POST', '/workflows/run', {
    body: { definition },
    headers: { prefer },
  });
  const id = body.id ?? body.runId;
  if (id === undefined) throw new Error(`POST /workflows/run: ${status} ${JSON.stringify(body)}`);
  return id;
}

/** Bodies that are right where those of `test/support` are meant to be refused. */
export function soundBody(name: string, about: Asked, own: OwnThings): object | undefined {
  const { workflowId, credentialId } = about;
  const bodies: Readonly<Record<string, object>> = {
    'post /auth/refresh': { refreshToken: own.refreshToken },
    'post /schedules': {
      workflowId,
      revision: 1,
      cron: '0 7 * * *',
      credentialId,
      role: 'ANALYST',
      warehouse: 'DEMO_WH',
    },
    'put /admin/policies': { version: own.policiesVersion },
    'put /admin/oauth-clients/{provider}': { clientId: 'of-nobody', clientSecret: 'of nobody' },
    'post /credentials': { name: `Another ${own.secret.slice(-8)}`, kind: 'pat', secret: own.secret },
    'put /credentials/{id}/secret': { secret: own.secret },
    'post /workflows/import': { content: own.content },
    'put /workflows/{id}/owner': { username: 'DEMO' },
    'put /workflows/{id}/publication': {
      slug: about.slug,
      revision: 1,
      credentialId,
      role: 'ANALYST',
      warehouse: 'DEMO_WH',
      mode: 'sync',
      enabled: true,
    },
    'post /workflows/{id}/deploy/apply': {
      target: 'view',
      confirmed: true,
      name: { database: 'DEMO', schema: 'PUBLIC', name: 'DRAWN_BY_CHANCE' },
    },
  };
  return bodies[name];
}

/** Ids that a route needs of another thing than its path says. */
export function ownPart(name: string, operation: string, own: OwnThings): string | undefined {
  if (name === 'credentialId' && operation.includes('outside-credentials')) return own.outsideCredentialId;
  if (operation === 'post /runs/{id}/cancel') return own.runToCancel;
  if (operation === 'post /admin/runs/{runId}/cancel') return own.runToCancelByAdmin;
  if (operation === 'post /workflows/{id}/deploy/apply') return own.deployableId;
  if (operation === 'post /runs/{id}/retry') return own.failedRunId;
  if (operation === 'post /runs/{id}/approvals/{nodeId}') return name === 'nodeId' ? 'ask' : own.waitingRunId;
  if (name === 'runId' && operation.includes(' /published/')) return own.keyRunId;
  if (name === 'runId' && operation.includes(' /embed/')) return own.embedRunId;
  return undefined;
}
