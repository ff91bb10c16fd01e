import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, runToEnd } from './support/api-client';
import { sixInARow } from './support/document-builder';

interface OpenApi {
  paths: Record<string, Record<string, unknown>>;
}

const bodies: Record<string, (ids: Ids) => object> = {
  'post /workflows/save': ({ workflowId }) => ({ id: workflowId, revision: 1, definition: sixInARow('Taken over') }),
  'post /workflows/run': ({ workflowId }) => ({ workflowId }),
};
const isAboutOneThing = (operation: string) => /\{(id|nodeId)\}/.test(operation) || operation in bodies;

interface Ids {
  workflowId: string;
  runId: string;
}

describe('Tenants and people', () => {
  let stack: Stack;
  let owner: ApiClient;
  let ids: Ids;

  beforeAll(async () => {
    stack = await startStack();
    owner = new ApiClient(stack.gatewayUrl);
    await owner.connect('demo');
    const saved = await owner.call<{ id: string }>('POST', '/workflows/save', { body: { definition: sixInARow() } });
    const run = await runToEnd(owner, { workflowId: saved.body.id });
    ids = { workflowId: saved.body.id, runId: run.id };
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

  it.each([
    ['the other tenant', 'demo2', 'demo2'],
    ['the same user name in the other tenant', 'demo', 'demo2'],
    ['another person of the same tenant', 'analyst', 'demo'],
  ])('every route about a workflow or a run is 404 for %s', async (_who, username, account) => {
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
        const id = template.startsWith('/runs') ? ids.runId : ids.workflowId;
        const path = template.replace('{id}', id).replace('{nodeId}', 'result');
        const reply = await stranger.call('' + method.toUpperCase(), path, { body: bodies[operation]?.(ids) });
        return `${operation}: ${reply.status}`;
      }),
    );
    expect(answers).toEqual(operations.map((operation) => `${operation}: 404`));
  });

  it('lists of a stranger are empty, and what is owned is still there', async () => {
    const stranger = new ApiClient(stack.gatewayUrl);
    await stranger.connect('analyst');
    for (const list of ['/workflows', '/runs']) {
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
