import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, runToEnd } from './support/api-client';
import { DocumentBuilder } from './support/document-builder';

interface Models {
  items: { name: string; provider: string; simulated: boolean }[];
  cortex: string;
}

interface Draft {
  definition: object;
  notUnderstood: string[];
}

describe('Models in the demo account', () => {
  let stack: Stack;
  let demo: ApiClient;

  beforeAll(async () => {
    stack = await startStack();
    demo = new ApiClient(stack.gatewayUrl);
    await demo.connect('demo');
  }, 120_000);
  afterAll(() => stack?.stop());

  const resultOf = async (definition: object, nodeId: string) => {
    const run = await runToEnd(demo, { definition });
    expect(run).toMatchObject({ status: 'succeeded' });
    return JSON.stringify((await demo.call('GET', `/runs/${run.id}/nodes/${nodeId}/result`)).body);
  };

  it('are listed by the account, and say that they are simulated', async () => {
    const { body } = await demo.call<Models>('GET', '/models');
    expect(body).toMatchObject({ cortex: 'listed' });
    expect(body.items).toContainEqual({ name: 'llama3.3-70b', provider: 'cortex', simulated: true });
  });

  it('draw nothing: fixed phrases become a workflow that runs, and what no phrase said is listed', async () => {
    const request = 'top 3 CUSTOMER by C_ACCTBAL and forecast';
    const { status, body } = await demo.call<Draft>('POST', '/workflows/draft', { body: { request } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ model: null, simulated: true, problems: [], notUnderstood: ['forecast'] });
    const rows = JSON.parse(await resultOf(body.definition, 'result1')) as { rows: unknown[] };
    expect(rows.rows).toHaveLength(3);
  });

  it('are asked once as the person’s role, and later nodes read the answer', async () => {
    const responseSchema =
      '{ "type": "object", "properties": { "mood": { "enum": ["calm", "angry"] } }, "required": ["mood"] }';
    const once = new DocumentBuilder('Once')
      .node('ask', 'ai.complete', { model: 'llama3.3-70b', prompt: 'Are they angry?', responseSchema })
      .node('then', 'ai.complete', { model: 'mistral-large2', prompt: 'Why {{ nodes.ask.answer }}?' }, 'ask')
      .node('result', 'output.result', { name: 'Answer', view: 'json' }, 'then')
      .build();
    expect(await resultOf(once, 'result')).toMatch(/simulated by the local warehouse.*mood.*angry/);
  });

  it('that the account does not have fail the node by their name', async () => {
    const unknown = new DocumentBuilder('Unknown')
      .node('ask', 'ai.complete', { model: 'nobody-9', prompt: 'Hello?' })
      .node('result', 'output.result', { name: 'Answer', view: 'json' }, 'ask')
      .build();
    expect(await runToEnd(demo, { definition: unknown })).toMatchObject({
      status: 'failed',
      error: { code: 'MODEL_UNKNOWN', message: expect.stringContaining('nobody-9') as string },
    });
  });

  it('answer about each row in the statement that reads it', async () => {
    const rows = new DocumentBuilder('Rows')
      .tpch('nations', 'NATION')
      .node('few', 'shape.limit', { rows: 3 }, 'nations')
      .node('told', 'ai.generate', { model: 'llama3.3-70b', prompt: 'Tell of {{ item.N_NAME }}', as: 'TALE' }, 'few')
      .node('result', 'output.result', { name: 'Tales', view: 'table' }, 'told')
      .build();
    expect(await resultOf(rows, 'result')).toContain('[simulated by the local warehouse] Tell of ALGERIA');
  });
});
