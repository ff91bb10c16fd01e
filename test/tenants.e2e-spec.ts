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
  'post /runs/{id}/approvals/{nodeId}': () => ({ decision: 'approve' }),
  'post /workflows/{id}/deploy': () => ({ target: 'sql' }),
  'post /workflows/{id}/deploy/apply': () => ({ target: 'sql', confirmed: true }),
  'put /credentials/{id}/secret': () => ({ secret: 'of a stranger' }),
  'post /credentials/{id}/bindings': ({ workflowId }) => ({
    workflowId,
    revisionHash: '0'.repeat(64),
    role: 'ANALYST',
    warehouse: null,
  }),
};
const isAboutOneThing = (operation: string) => /\{(id|nodeId)\}/.test(operation) || operation in bodies;

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

  it.each([
    ['the other tenant', 'demo2', 'demo2', 404],
    ['the same user name in the other tenant', 'demo', 'demo2', 404],
    ['another person of the same tenant', 'analyst', 'demo', 201],
  ])('every route about what somebody owns is 404 for %s', async (_who, username, account, proposed) => {
    const stranger = new ApiClient(stack.gatewayUrl);
    await stranger.connect(username, username, account);
    const { body: api } = await stranger.call<OpenApi>('GET', '/openapi.json');
    const operations = Object.entries(api.paths)
      .flatMap(([path, item]) => Object.keys(item).map((method) => `${method} ${path.replace('/api/v1', '')}`))
      .filter(isAboutOneThing);
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
    const refusals = await Promise.all(
      [
        ['GET', '/admin/settings'],
        ['GET', '/admin/members'],
        ['GET', '/admin/oauth-clients'],
        ['DELETE', `/admin/members/${userIdOf(tenantId, 'DEMO')}`],
        ['DELETE', '/admin/oauth-clients/snowflake'],
      ].map(async ([method = '', path = '']) => (await builder.call(method, path)).status),
    );
    expect(refusals).toEqual([403, 403, 403, 403, 403]);
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
