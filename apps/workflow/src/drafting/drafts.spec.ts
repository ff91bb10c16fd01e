import { NO_BUDGET } from '@snowflow/contracts/sessions/tenant-limits';
import type { DraftRequest } from '@snowflow/contracts/workflow/draft.dto';
import { AgentServer } from '@snowflow/testing/agent-server';
import { documentOf, result, table, threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { DraftsService } from './drafts.service';

jest.setTimeout(30_000);

describe('A draft', () => {
  let bench: WorkflowBench;
  let person: Person;
  let model: AgentServer;

  beforeAll(async () => {
    model = await AgentServer.start();
    bench = await startWorkflowBench({}, { url: model.url('/v1'), key: 'k', models: ['small'] });
    person = await bench.signIn();
  }, 60_000);
  afterAll(async () => {
    await bench?.stop();
    await model?.stop();
  });
  beforeEach(() => {
    model.asked.length = 0;
    model.answers.length = 0;
    bench.snowflake.cortexAsked.length = 0;
    bench.snowflake.models = () => ({ columns: ['name', 'comment'], rows: [] });
  });

  const completion = (answer: unknown) => ({
    choices: [
      { message: { role: 'assistant', content: typeof answer === 'string' ? answer : JSON.stringify(answer) } },
    ],
    usage: { prompt_tokens: 30, completion_tokens: 12 },
  });
  const answers = (...given: unknown[]) => {
    model.answers.push(...given.map((answer) => ({ body: JSON.stringify(completion(answer)) })));
  };
  const draft = (request: DraftRequest, by = person) =>
    bench.as(by, () => bench.service.get(DraftsService).draft(request));
  const drawing = (nodes: Parameters<typeof documentOf>[0], edges: string[]) => ({
    explanation: 'Reads the orders.',
    definition: documentOf(nodes, edges),
  });
  const orders = drawing([table('orders'), result('shown')], ['orders -> shown']);
  const asked = (call: number) => JSON.parse(model.asked[call]?.body ?? '{}') as { messages: { content: string }[] };

  it('is what the model drew, checked, placed and compared, and nothing is saved', async () => {
    answers(orders);
    const drafted = await draft({ request: 'Show the orders', model: 'endpoint:small' });
    expect(drafted).toMatchObject({
      model: 'endpoint:small',
      simulated: false,
      valuesHidden: true,
      problems: [],
      explanation: 'Reads the orders.',
      definition: {
        nodes: [
          { id: 'orders', position: { x: 0, y: 0 } },
          { id: 'shown', position: { x: 260, y: 0 } },
        ],
      },
    });
    expect(drafted.changes.map(({ kind, nodeId, edgeId }) => [kind, nodeId ?? edgeId])).toEqual([
      ['changed', undefined],
      ['added', 'orders'],
      ['added', 'shown'],
      ['added', 'e0'],
    ]);
    expect(asked(0).messages[1]?.content).toContain('"name":"LATE_ORDERS"}: N NUMBER(38,0)');
    const atRest = await bench.everythingAtRest();
    expect(atRest).not.toMatch(/Show the orders|Reads the orders/);
    expect(atRest).toContain('endpoint:small,42,t');
  });

  it('of a model outside Snowflake is made from names alone, and the values are back in it', async () => {
    const current = documentOf(
      [
        table('orders'),
        { id: 'big', type: 'shape.filter', config: { conditions: [{ column: 'N', operator: 'gt', value: 73_311 }] } },
        { id: 'own', type: 'shape.filter', config: { expression: "N <> 73311 OR 'CANARY-text' = 'b'" } },
        result('shown'),
      ],
      ['orders -> big', 'big -> own', 'own -> shown'],
      {
        name: 'CANARY-name',
        parameters: [{ name: 'p', type: 'string', default: 'CANARY-default', description: 'CANARY-says' }],
        notes: [{ id: 'n', text: 'CANARY-note', position: { x: 5, y: 5 } }],
      },
    );
    const hidden = [
      table('orders'),
      {
        id: 'big',
        type: 'shape.filter',
        config: { conditions: [{ column: 'N', operator: 'gte', value: '{value:2}' }] },
      },
      { id: 'own', type: 'shape.filter', config: { expression: 'N <> {value:3} OR {value:4} = {value:5}' } },
      { id: 'shown', type: 'output.result', config: { name: '{value:6}', view: 'table' } },
    ];
    const { definition } = drawing(hidden, ['orders -> big', 'big -> own', 'own -> shown']);
    const parameters = [{ name: 'p', type: 'string', default: '{value:1}' }];
    const unlabelled = (definition['nodes'] as object[]).map((node) => ({ ...node, label: '' }));
    answers({ explanation: '', definition: { ...definition, name: 'Workflow', parameters, nodes: unlabelled } });
    const drafted = await draft({ request: 'at least', definition: current, model: 'endpoint:small' });
    expect(drafted.changes).toEqual([
      {
        kind: 'changed',
        nodeId: 'big',
        field: 'config.conditions',
        before: [{ column: 'N', operator: 'gt', value: 73_311 }],
        after: [{ column: 'N', operator: 'gte', value: 73_311 }],
      },
    ]);
    expect(drafted.definition).toMatchObject({ name: 'CANARY-name', notes: [{ text: 'CANARY-note' }] });
    expect(model.asked[0]?.body).not.toMatch(/CANARY|73_?311/);
  });

  it('with faults is asked for once more, by their codes and what quotes no value', async () => {
    const current = threeNodes();
    const wrong = drawing(
      [
        table('orders'),
        {
          id: 'big',
          type: 'shape.filter',
          config: { conditions: [{ column: 'M', operator: 'gt', value: '{value:1}' }] },
        },
        result('shown'),
      ],
      ['orders -> big', 'big -> shown'],
    );
    answers(wrong, orders);
    const drafted = await draft({ request: 'x', definition: current, model: 'endpoint:small' });
    expect(drafted.problems).toEqual([]);
    const repair = asked(1).messages.at(-1)?.content;
    expect(repair).toContain('UNKNOWN_COLUMN (node big, conditions.0.column): ');
    answers(wrong, wrong);
    const faulty = await draft({ request: 'x', definition: current, model: 'endpoint:small' });
    expect(faulty.problems).toMatchObject([{ code: 'UNKNOWN_COLUMN', nodeId: 'big' }]);
    expect(model.asked).toHaveLength(4);
    answers(wrong);
    model.answers.push({ status: 500, body: '{}' });
    expect(await draft({ request: 'x', definition: current, model: 'endpoint:small' })).toEqual(faulty);
  });

  it.each([
    'I can not do that',
    '{"definition": 5}',
    '[]',
    '['.repeat(5_000) + ']'.repeat(5_000),
    '{"definition": {"nodes": [{"id": "a b"}]}}',
  ])('is refused where the model twice gives no document: %s', async (text) => {
    answers(text, text);
    await expect(draft({ request: 'x', model: 'endpoint:small' })).rejects.toMatchObject({ code: 'MODEL_FAILED' });
    expect(model.asked).toHaveLength(2);
  });

  it('by Cortex of the account sees the document as it is, as the person', async () => {
    bench.snowflake.models = () => ({ columns: ['name', 'comment'], rows: [['CLAUDE', null]] });
    bench.snowflake.cortex = () => completion(orders);
    const current = documentOf([{ ...result('shown'), config: { name: 'CANARY-own', view: 'table' } }], []);
    const drafted = await draft({ request: 'x', definition: current });
    expect(drafted).toMatchObject({ model: 'claude', valuesHidden: false });
    expect(bench.snowflake.cortexAsked).toMatchObject([{ service: 'chat', context: { role: 'ANALYST' } }]);
    expect(JSON.stringify(bench.snowflake.cortexAsked)).toContain('CANARY-own');
  });

  it('asks no model where the account only plays them, and says so', async () => {
    bench.snowflake.models = () => ({
      columns: ['name', 'comment'],
      rows: [['LLAMA', 'Simulated by the local warehouse']],
    });
    const drafted = await draft({ request: 'top 5 ORDERS by N and forecast', model: 'llama' });
    expect(drafted).toMatchObject({ model: null, simulated: true, notUnderstood: ['forecast'], problems: [] });
    expect(drafted.explanation).toContain('No model was asked');
    expect(bench.snowflake.cortexAsked).toEqual([]);
    expect(model.asked).toEqual([]);
  });

  it('that would pass the budget of the tenant asks nobody', async () => {
    const poor = await bench.signIn();
    bench.credentials.limits.set(poor.tenantId, { runBudget: { ...NO_BUDGET, maxTokens: 100 } });
    await expect(draft({ request: 'x', model: 'endpoint:small' }, poor)).rejects.toMatchObject({
      code: 'BUDGET_EXCEEDED',
    });
    expect(model.asked).toEqual([]);
  });

  it('is not for viewers', async () => {
    const viewer = await bench.signIn(undefined, {}, { appRole: 'viewer' });
    await expect(draft({ request: 'x' }, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
