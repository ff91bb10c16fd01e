import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { startStack, Stack } from '@snowflow/testing/stack';
import { allRows, ApiClient, runToEnd } from './support/api-client';
import { directSql } from './support/direct-sql';
import { DocumentBuilder } from './support/document-builder';

describe('Workflows inside a run', () => {
  let stack: Stack;
  let api: ApiClient;

  beforeAll(async () => {
    stack = await startStack();
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

  const save = async (definition: WorkflowDocument) =>
    (await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition } })).body.id;

  /** The nations of a region. */
  const nations = () =>
    new DocumentBuilder('Nations of a region')
      .parameter('region', 'number')
      .tpch('nations', 'NATION')
      .node('some', 'shape.filter', { expression: 'N_REGIONKEY = {{ parameters.region }}' }, 'nations')
      .node('result', 'output.result', { name: 'Nations', view: 'table' }, 'some')
      .build();

  it('run once for each row of a relation, whose rows come from the real warehouse', async () => {
    const workflowId = await save(nations());
    const definition = new DocumentBuilder('Every region')
      .tpch('regions', 'REGION')
      .node('sorted', 'shape.sort', { by: [{ column: 'R_REGIONKEY', direction: 'asc' }] }, 'regions')
      .node(
        'each',
        'logic.map',
        { workflowId, parameters: { region: '{{ item.R_REGIONKEY }}' }, maxItems: 5 },
        'sorted',
      )
      .node('shown', 'output.result', { name: 'What each gave', view: 'json' }, 'each')
      .build();
    const run = await runToEnd(api, { definition });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { each: { status: 'succeeded', rowCount: 5 } } });

    const direct = await directSql(
      stack.warehouseUrl,
      'SELECT COUNT(*) FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.NATION GROUP BY N_REGIONKEY ORDER BY N_REGIONKEY',
    );
    const { rows } = await allRows(api, run.id, 'shown');
    const [value] = rows[0] ?? [];
    expect(typeof value === 'string' ? JSON.parse(value) : value).toEqual({
      count: 5,
      succeeded: 5,
      failed: 0,
      results: direct.map(([count]) => ({ rowCount: Number(count) })),
    });
  });

  it('go the way that a router chooses by a rule over what another workflow gave', async () => {
    const workflowId = await save(nations());
    const routes = [
      { name: 'many', rule: 'VALUE:rowCount > {{ parameters.least }}' },
      { name: 'some', rule: 'VALUE:rowCount > 0' },
    ];
    const definition = new DocumentBuilder('Routed')
      .parameter('least', 'number', 3)
      .node('call', 'logic.workflow', { workflowId, parameters: { region: 0 } })
      .node('route', 'logic.router', { routes }, 'call')
      .node('large', 'output.result', { name: 'Many', view: 'json' }, 'route.many')
      .node('small', 'output.result', { name: 'Some', view: 'json' }, 'route.some')
      .node('none', 'output.result', { name: 'None', view: 'json' }, 'route.else')
      .build();
    const statuses = async (parameters: object) => {
      const { nodes } = await runToEnd(api, { definition, parameters });
      return [nodes['large']?.status, nodes['small']?.status, nodes['none']?.status];
    };
    expect(await statuses({})).toEqual(['succeeded', 'skipped', 'skipped']);
    expect(await statuses({ least: 100 })).toEqual(['skipped', 'succeeded', 'skipped']);
  });

  it('are decided on by the id of their step, whose slash a URL writes as %2F', async () => {
    const workflowId = await save(
      new DocumentBuilder('Asks')
        .tpch('regions', 'REGION')
        .node(
          'ok',
          'logic.approval',
          { approvers: ['role:SYSADMIN', 'role:ACCOUNTADMIN', 'role:PUBLIC'], allowRunner: true, message: 'Go on?' },
          'regions',
        )
        .node('result', 'output.result', { name: 'Regions', view: 'table' }, 'ok.approved')
        .build(),
    );
    const definition = new DocumentBuilder('Calls').node('call', 'logic.workflow', { workflowId }).build();
    const { body } = await api.call<{ runId: string }>('POST', '/workflows/run', { body: { definition } });
    const waiting = async () => {
      const { body: page } = await api.call<{ items: { runId: string; nodeId: string }[] }>('GET', '/approvals');
      return page.items.find(({ runId }) => runId === body.runId)?.nodeId;
    };
    for (const giveUpAt = Date.now() + 15_000; (await waiting()) === undefined && Date.now() < giveUpAt;);
    expect(await waiting()).toBe('call/ok');
    const decided = await api.call('POST', `/runs/${body.runId}/approvals/${encodeURIComponent('call/ok')}`, {
      body: { decision: 'approve' },
    });
    expect(decided.status).toBe(204);
    for (const giveUpAt = Date.now() + 15_000; Date.now() < giveUpAt;) {
      const { body: run } = await api.call<{ status: string }>('GET', `/runs/${body.runId}`);
      if (run.status === 'succeeded') return;
    }
    throw new Error('The run did not go on after the decision');
  });
});
