import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import { WebhookReceiver } from '@snowflow/testing/webhook-receiver';
import { ApiClient, type Run } from './support/api-client';
import { directSql } from './support/direct-sql';
import { DocumentBuilder } from './support/document-builder';
import { storeToken } from './support/publish';
import { RunWatcher } from './support/run-watcher';
import { slowSelect } from './support/slow-statement';

const PLACE = { database: 'DEMO', schema: 'PUBLIC' };
const RIGHT = { role: 'SYSADMIN', warehouse: 'DEMO_WH' };
const NONE = { databases: null, kinds: null, nodeTypes: null, models: null, targets: null, opaque: null };
const RESTRICTED = { databases: ['DEMO', 'SNOWFLAKE_SAMPLE_DATA'], kinds: ['view'] };
const BYTES = { maxBytes: 1_000_000_000_000, maxStatements: null, maxSeconds: null, maxTokens: null };

/** The session of a schedule's run closes as soon as the run is accepted: only the run holds it while a first, slow step goes on. */
describe('A run whose session closes before its second step', () => {
  let stack: Stack;
  let receiver: WebhookReceiver;
  let api: ApiClient;
  let credentialId: string;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    stack = await startStack({ env: { EGRESS_PRIVATE_HOSTS: '127.0.0.1' } });
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    for (const sql of [
      `CREATE OR REPLACE VIEW DEMO.PUBLIC.SLOW AS SELECT 'Ann' AS NAME, TOTAL FROM (${slowSelect(2)}) WHERE TOTAL > 0`,
      'CREATE TAG DEMO.PUBLIC.PII',
    ]) {
      await directSql(stack.warehouseUrl, sql);
    }
    credentialId = await storeToken(api, stack.warehouseUrl);
  }, 120_000);
  afterEach(() => Promise.all([allow({}), hold()]));
  afterAll(async () => {
    await stack?.stop();
    await receiver?.stop();
  }, 60_000);

  const allow = async (lists: object) => {
    const { body } = await api.call<{ version: number }>('GET', '/admin/policies');
    const saved = await api.call('PUT', '/admin/policies', { body: { ...NONE, ...lists, version: body.version } });
    expect(saved.status).toBe(200);
  };
  const hold = async (...tags: { tag: string }[]) => {
    expect((await api.call('PUT', '/admin/held-tags', { body: { tags } })).status).toBe(200);
  };
  const save = async (definition: object) => {
    const saved = await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition } });
    expect(saved.status).toBe(201);
    return saved.body.id;
  };
  const twoSteps = () =>
    new DocumentBuilder('Two steps')
      .node('slow', 'source.table', { ...PLACE, table: 'SLOW' })
      .node('check', 'logic.condition', { expression: 'ROW_COUNT > 0' }, 'slow')
      .node('rows', 'output.result', { name: 'Rows', view: 'table' }, 'check.true');

  /** Its run by the clock, once it has ended. */
  const scheduled = async (workflowId: string): Promise<Run> => {
    const { body } = await api.call<{ hash: string }>('GET', `/workflows/${workflowId}/revisions/1`);
    const bindings = `/credentials/${credentialId}/bindings`;
    const proposed = await api.call<{ bindings: { id: string; workflowId: string }[] }>('POST', bindings, {
      body: { workflowId, revisionHash: body.hash, ...RIGHT },
    });
    const binding = proposed.body.bindings.find((one) => one.workflowId === workflowId)?.id;
    await api.call('POST', `${bindings}/${binding}/approve`);
    const schedule = { workflowId, revision: 1, credentialId, ...RIGHT, cron: '0 0 1 1 *', overlap: 'queue' };
    const made = await api.call<{ id: string }>('POST', '/schedules', { body: schedule });
    expect(made.status).toBe(201);
    await api.call('POST', `/schedules/${made.body.id}/run-now`);
    const begun = async () => {
      const runs = await api.call<{ items: { runId: string | null }[] }>('GET', `/schedules/${made.body.id}/runs`);
      return runs.body.items[0]?.runId ?? false;
    };
    const runId = await eventually(begun, 30_000, 300);
    return new RunWatcher([api]).ended(runId);
  };

  it('goes on by the clock where the tenant restricts databases and kinds', async () => {
    await allow(RESTRICTED);
    expect(await scheduled(await save(twoSteps().build()))).toMatchObject({ status: 'succeeded' });
  }, 90_000);

  it('goes on by the clock under a budget of bytes', async () => {
    const workflowId = await save(twoSteps().build());
    expect((await api.call('PUT', `/workflows/${workflowId}/budget`, { body: BYTES })).status).toBe(200);
    expect(await scheduled(workflowId)).toMatchObject({ status: 'succeeded' });
  }, 90_000);

  it('goes on by the clock where tags hold columns back, and lets go those without', async () => {
    const tell = { channel: 'webhook', url: receiver.url('told'), body: '{"who": {{ parameters.who }}}' };
    const told = new DocumentBuilder('Told')
      .parameter('who', 'string', 'x')
      .node('one', 'source.values', { columns: [{ name: 'N', type: 'NUMBER' }], rows: [[1]] })
      .node('tell', 'output.notification', tell, 'one');
    const call = { workflowId: await save(told.build()), revision: 1, parameters: { who: '{{ item.NAME }}' } };
    const each = new DocumentBuilder('Each')
      .node('slow', 'source.table', { ...PLACE, table: 'SLOW' })
      .node('each', 'logic.map', { ...call, maxItems: 10 }, 'slow');
    await hold({ tag: 'DEMO.PUBLIC.PII' });
    expect(await scheduled(await save(each.build()))).toMatchObject({ status: 'succeeded' });
    expect(receiver.of('told').map(({ body }) => body)).toEqual(['{"who": "Ann"}']);
  }, 90_000);

  it('goes on after its person has signed out', async () => {
    await allow(RESTRICTED);
    const leaver = new ApiClient(stack.gatewayUrl);
    await leaver.connect('demo');
    const runId = await new RunWatcher([leaver]).start({ definition: twoSteps().build() });
    const mine = new RunWatcher([api]);
    await mine.once(runId, ({ nodes }) => nodes.check?.status === 'running');
    expect((await leaver.call('POST', '/auth/disconnect', { body: { runs: 'finish' } })).status).toBe(204);
    expect(await mine.ended(runId)).toMatchObject({ status: 'succeeded' });
  }, 90_000);
});
