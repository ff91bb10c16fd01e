import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, runToEnd } from './support/api-client';
import { sixInARow } from './support/document-builder';
import { belongings } from './support/route-belongings';
import {
  adminBodies,
  adminQueries,
  bodies,
  idIn,
  type Ids,
  isAboutOneThing,
  operationsOf,
} from './support/route-requests';

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
  'get /publish-requests',
  'get /workflows',
  // The starters, and those of one’s own tenant.
  'get /templates',
  // Who calls has a key and no session; published.e2e-spec.ts asks as a stranger.
  'post /published/{slug}',
  'get /published/{slug}/openapi.json',
  'get /published/{slug}/runs/{runId}',
  'post /workflows/import',
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
  'get /schedules',
  'post /schedules/preview',
  // The words of the statements, with nothing of the tenant in them.
  'get /admin/oauth-clients/setup-sql',
  'get /auth/connection-test/own',
]);
/** What colleagues may do: propose a use of a credential, which is nothing until its owner approves it, and use each other's templates. What they have to do with as colleagues is told as forbidden. */
const amongColleagues: Record<string, number> = {
  'post /credentials/{id}/bindings': 201,
  'get /templates/{id}': 200,
  'put /templates/{id}': 403,
  'delete /templates/{id}': 403,
  'post /templates/{id}/use': 201,
  'post /credentials/{id}/bindings/{bindingId}/approve': 403,
  'delete /credentials/{id}/bindings/{bindingId}': 403,
  'post /publish-requests/{id}/decision': 403,
};
/** What only owners and admins of the tenant may ask, of their own tenant: the session says which that is. */
const isOfAdmins = (operation: string) => operation.includes(' /admin/') && !aboutOneself.has(operation);

describe('Tenants and people', () => {
  let stack: Stack;
  let owner: ApiClient;
  let ids: Ids;

  beforeAll(async () => {
    stack = await startStack();
    owner = new ApiClient(stack.gatewayUrl);
    const { id: sessionId } = await owner.connect('demo');
    ids = await belongings(
      { api: owner, user: 'demo', role: 'SYSADMIN', sessionId, warehouseUrl: stack.warehouseUrl },
      'owned',
    );
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

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
    ['the other tenant', 'demo2', 'demo2', {}],
    ['the same user name in the other tenant', 'demo', 'demo2', {}],
    ['another person of the same tenant', 'analyst', 'demo', amongColleagues],
  ])(
    'every route about what somebody owns is 404 for %s',
    async (_who, username, account, shared: Record<string, number>) => {
      const stranger = new ApiClient(stack.gatewayUrl);
      await stranger.connect(username, username, account);
      const operations = (await operationsOf(stranger)).filter(isAboutOneThing);
      expect(operations.length).toBeGreaterThanOrEqual(10);

      const answers = await Promise.all(
        operations.map(async (operation) => {
          const [method = '', template = ''] = operation.split(' ');
          const path = template
            .replace('{id}', idIn(template, ids))
            .replace('{bindingId}', ids.bindingId)
            .replace('{nodeId}', 'result')
            .replaceAll(/\{(revision|a|b)\}/g, '1');
          const reply = await stranger.call('' + method.toUpperCase(), path, { body: bodies[operation]?.(ids) });
          return `${operation}: ${reply.status}`;
        }),
      );
      expect(answers).toEqual(operations.map((operation) => `${operation}: ${shared[operation] ?? 404}`));
    },
  );

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
          .replace('{credentialId}', `ocr_${'0'.repeat(22)}`)
          .replace('{runId}', ids.runId)
          .replace('{sessionId}', ids.sessionId)
          .replace('{keyId}', ids.apiKeyId);
        const body = operation === 'put /admin/settings' ? settings : adminBodies[operation];
        const query = adminQueries[operation] ?? '';
        const { status } = await builder.call(method.toUpperCase(), path + query, { body });
        return `${operation}: ${status}`;
      }),
    );
    expect(refusals).toEqual(operations.map((operation) => `${operation}: 403`));
  });

  it('lists of a stranger have nothing of it, and what is owned is still there', async () => {
    const stranger = new ApiClient(stack.gatewayUrl);
    await stranger.connect('analyst');
    for (const list of ['/workflows', '/runs', '/auth/api-keys', '/credentials']) {
      const { body } = await stranger.call<{ items: { id: string }[] }>('GET', list);
      expect(body.items.filter(({ id }) => Object.values(ids).includes(id))).toEqual([]);
    }
    expect((await owner.call('GET', `/workflows/${ids.workflowId}`)).body).toMatchObject({
      name: 'Owned',
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
