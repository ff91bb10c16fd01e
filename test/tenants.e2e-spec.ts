import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, runToEnd } from './support/api-client';
import { accessTokenOf } from './support/direct-sql';
import { sixInARow } from './support/document-builder';

interface OpenApi {
  paths: Record<string, Record<string, unknown>>;
}

const bodies: Record<string, (ids: Ids) => object> = {
  'post /workflows/save': ({ workflowId }) => ({ id: workflowId, revision: 1, definition: sixInARow('Taken over') }),
  'post /workflows/run': ({ workflowId }) => ({ workflowId }),
  'post /workflows/preview': ({ workflowId }) => ({ workflowId }),
  'post /workflows/access-matrix': ({ workflowId }) => ({ workflowId }),
  'put /workflows/{id}/budget': () => ({ maxBytes: null, maxStatements: null, maxSeconds: null, maxTokens: null }),
  'post /runs/{id}/approvals/{nodeId}': () => ({ decision: 'approve' }),
  'post /workflows/{id}/deploy': () => ({ target: 'sql' }),
  'post /workflows/{id}/deploy/apply': () => ({ target: 'sql', confirmed: true }),
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
const isAboutOneThing = (operation: string) => /\{(id|nodeId)\}/.test(operation) || operation in bodies;
/** What names nothing that somebody owns: it is about who asks, or about what Snowflake shows to their role. */
const aboutOneself = new Set([
  'get /auth/methods',
  'get /auth/connection-test',
  'post /auth/connect',
  'post /auth/refresh',
  'get /auth/oauth/authorize',
  'get /auth/oauth/setup-sql',
  'post /auth/oauth/setup',
  'post /auth/disconnect',
  'get /auth/me',
  'post /auth/context',
  'get /auth/sessions',
  'delete /auth/sessions',
  'get /auth/api-keys',
  'post /auth/api-keys',
  'post /auth/ownership',
  'post /auth/ownership/verify',
  'get /credentials',
  'post /credentials',
  'post /credentials/oauth',
  'get /catalog/databases',
  'get /catalog/schemas',
  'get /catalog/sources',
  'get /catalog/search',
  'get /catalog/sources/{database}/{schema}/{name}/samples',
  'get /catalog/sources/{database}/{schema}/{name}/used-by',
  'post /catalog/refresh',
  'get /catalog/semantic-models',
  'post /catalog/semantic-models',
  'post /catalog/semantic-models/validate',
  'post /catalog/semantic-models/ask',
  'get /catalog/semantic-models/{database}/{schema}/{name}',
  'get /catalog/sources/{database}/{schema}/{name}',
  'get /catalog/sources/{database}/{schema}/{name}/preview',
  'get /models',
  'get /policies',
  'get /workflows',
  // Who calls has a key and no session; published.e2e-spec.ts asks as a stranger.
  'post /published/{slug}',
  'get /published/{slug}/openapi.json',
  'get /published/{slug}/runs/{runId}',
  // Who looks has a token of one workflow; embed.e2e-spec.ts asks with others.
  'post /published/{slug}/embed-tokens',
  'get /embed/workflow',
  'post /embed/runs',
  'get /embed/runs/{runId}',
  'get /embed/runs/{runId}/response',
  'post /workflows/validate',
  'post /workflows/lineage',
  'get /workflows/column-uses',
  'post /workflows/draft',
  'get /runs',
  'get /approvals',
  // The words of the statements, with nothing of the tenant in them.
  'get /admin/oauth-clients/setup-sql',
  'get /auth/connection-test/own',
]);
/** What only owners and admins of the tenant may ask, of their own tenant: the session says which that is. */
const adminBodies: Record<string, object> = {
  'post /admin/members': { username: 'SOMEBODY', appRole: 'viewer' },
  'patch /admin/members/{userId}': { appRole: 'admin' },
  'put /admin/oauth-clients/{provider}': { clientId: 'of a stranger' },
  'put /admin/outside-hosts': { hosts: [] },
  'put /admin/policies': { version: 0, databases: ['DEMO'] },
  'put /admin/embed': { parents: ['https://stranger.example.com'] },
  'put /admin/held-tags': { tags: [] },
  'post /admin/outside-credentials': { name: 'x', kind: 'bearer', hosts: ['a.example'], secret: 'of a stranger' },
};
const adminQueries: Record<string, string> = {
  'get /admin/oauth-clients/external/setup-sql': '?issuer=https://login.example.com',
};
const isOfAdmins = (operation: string) => operation.includes(' /admin/') && !aboutOneself.has(operation);

interface Ids {
  workflowId: string;
  runId: string;
  sessionId: string;
  apiKeyId: string;
  credentialId: string;
}

function idIn(template: string, ids: Ids): string {
  const kinds: [string, string][] = [
    ['/runs', ids.runId],
    ['/auth/sessions', ids.sessionId],
    ['/auth/api-keys', ids.apiKeyId],
    ['/credentials', ids.credentialId],
  ];
  return kinds.find(([prefix]) => template.startsWith(prefix))?.[1] ?? ids.workflowId;
}

describe('Tenants and people', () => {
  let stack: Stack;
  let owner: ApiClient;
  let ids: Ids;

  beforeAll(async () => {
    stack = await startStack();
    owner = new ApiClient(stack.gatewayUrl);
    const { id: sessionId } = await owner.connect('demo');
    const saved = await owner.call<{ id: string }>('POST', '/workflows/save', { body: { definition: sixInARow() } });
    const run = await runToEnd(owner, { workflowId: saved.body.id });
    const key = await owner.call<{ id: string }>('POST', '/auth/api-keys', { body: { name: 'Mine', days: 1 } });
    const secret = await accessTokenOf(stack.warehouseUrl, 'demo');
    const credential = await owner.call<{ id: string }>('POST', '/credentials', {
      body: { name: 'Mine', kind: 'pat', secret },
    });
    const workflowId = saved.body.id;
    ids = { workflowId, runId: run.id, sessionId, apiKeyId: key.body.id, credentialId: credential.body.id };
    expect(Object.values(ids)).not.toContain(undefined);
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

  const operationsOf = async (api: ApiClient) =>
    Object.entries((await api.call<OpenApi>('GET', '/openapi.json')).body.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path.replace('/api/v1', '')}`),
    );

  it('every route of the API is asked as a stranger here, or is known to be about oneself', async () => {
    const operations = await operationsOf(owner);
    const unknown = operations.filter(
      (operation) => !isAboutOneThing(operation) && !aboutOneself.has(operation) && !isOfAdmins(operation),
    );
    expect(unknown).toEqual([]);
    const gone = [...aboutOneself, ...Object.keys(bodies), ...Object.keys(adminBodies)];
    expect(gone.filter((operation) => !operations.includes(operation))).toEqual([]);
  });

  it.each([
    ['the other tenant', 'demo2', 'demo2', 404],
    ['the same user name in the other tenant', 'demo', 'demo2', 404],
    ['another person of the same tenant', 'analyst', 'demo', 201],
  ])('every route about what somebody owns is 404 for %s', async (_who, username, account, proposed) => {
    const stranger = new ApiClient(stack.gatewayUrl);
    await stranger.connect(username, username, account);
    const operations = (await operationsOf(stranger)).filter(isAboutOneThing);
    expect(operations.length).toBeGreaterThanOrEqual(10);

    const answers = await Promise.all(
      operations.map(async (operation) => {
        const [method = '', template = ''] = operation.split(' ');
        const path = template
          .replace('{id}', idIn(template, ids))
          .replace('{bindingId}', ids.credentialId)
          .replace('{nodeId}', 'result');
        const reply = await stranger.call('' + method.toUpperCase(), path, { body: bodies[operation]?.(ids) });
        return `${operation}: ${reply.status}`;
      }),
    );
    // Colleagues may propose a use of a credential, which is nothing until its owner approves it.
    const statusOf = (operation: string) => (operation === 'post /credentials/{id}/bindings' ? proposed : 404);
    expect(answers).toEqual(operations.map((operation) => `${operation}: ${statusOf(operation)}`));
  });

  it('who is no owner or admin sees and changes nothing of how a tenant is run', async () => {
    const builder = new ApiClient(stack.gatewayUrl);
    const { tenantId } = await builder.connect('analyst');
    const { body: settings } = await owner.call('GET', '/admin/settings');
    const operations = (await operationsOf(builder)).filter(isOfAdmins);
    expect(operations.length).toBeGreaterThanOrEqual(10);
    const refusals = await Promise.all(
      operations.map(async (operation) => {
        const [method = '', template = ''] = operation.split(' ');
        const path = template
          .replace('{userId}', userIdOf(tenantId, 'DEMO'))
          .replace('{provider}', 'snowflake')
          .replace('{credentialId}', `ocr_${'0'.repeat(22)}`);
        const body = operation === 'put /admin/settings' ? settings : adminBodies[operation];
        const query = adminQueries[operation] ?? '';
        const { status } = await builder.call(method.toUpperCase(), path + query, { body });
        return `${operation}: ${status}`;
      }),
    );
    expect(refusals).toEqual(operations.map((operation) => `${operation}: 403`));
  });

  it('lists of a stranger are empty, and what is owned is still there', async () => {
    const stranger = new ApiClient(stack.gatewayUrl);
    await stranger.connect('analyst');
    for (const list of ['/workflows', '/runs', '/auth/api-keys', '/credentials']) {
      expect((await stranger.call(`GET`, list)).body).toEqual({ items: [], nextCursor: null });
    }
    expect((await owner.call('GET', `/workflows/${ids.workflowId}`)).body).toMatchObject({
      name: 'Six in a row',
      revision: 1,
    });
  });

  it("one account's tables are not in the other's catalog", async () => {
    const table = 'ONLY_IN_DEMO';
    const definition = {
      ...sixInARow(),
      nodes: [
        ...sixInARow().nodes.filter((node) => node.id === 'orders'),
        {
          id: 'write',
          type: 'output.table',
          label: 'w',
          position: { x: 0, y: 0 },
          config: { database: 'DEMO', schema: 'PUBLIC', table, mode: 'create' },
        },
      ],
      edges: [{ id: 'e', source: 'orders', sourcePort: 'out', target: 'write', targetPort: 'in' }],
    };
    expect(await runToEnd(owner, { definition })).toMatchObject({ status: 'succeeded' });
    await owner.call('POST', '/catalog/refresh');
    const stranger = new ApiClient(stack.gatewayUrl);
    await stranger.connect('demo2', 'demo2', 'demo2');
    const path = '/catalog/sources?database=DEMO&schema=PUBLIC';
    const names = async (api: ApiClient) =>
      (await api.call<{ items: { name: string }[] }>('GET', path)).body.items.map((item) => item.name);
    expect(await names(owner)).toContain(table);
    expect(await names(stranger)).not.toContain(table);
  });
});
