import { AppError } from '@snowflow/contracts/errors/app-error';
import type { CortexRequest } from '@snowflow/contracts/connections/cortex.dto';
import { NO_BUDGET } from '@snowflow/contracts/sessions/tenant-limits';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { BudgetsService } from '../budget/budgets.service';
import { PreviewService } from '../preview/preview.service';
import { RunStartService } from '../runs/run-start.service';
import { documentOf, result, table } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { ModelsService } from './models.service';

jest.setTimeout(30_000);

const KEY = 'CANARY-key-41ac';

describe('Models', () => {
  let bench: WorkflowBench;
  let person: Person;
  let endpoint: Server;
  const received: { headers: IncomingHttpHeaders; body: Record<string, unknown> }[] = [];
  let status = 200;

  beforeAll(async () => {
    endpoint = createServer(async (request, response) => {
      received.push({ headers: request.headers, body: JSON.parse(await text(request)) as Record<string, unknown> });
      const body = status === 200 ? completion('From outside') : { error: { message: 'The model is not loaded' } };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/v1/`;
    bench = await startWorkflowBench({}, { url, key: KEY, models: ['small'] });
    person = await bench.signIn();
    await bench.startWorker();
  }, 60_000);
  afterAll(async () => {
    await bench?.stop();
    endpoint.close();
  });
  beforeEach(() => {
    bench.snowflake.cortexAsked.length = 0;
    bench.snowflake.cortex = () => completion('CANARY-answer-77');
  });

  const completion = (content: string) => ({
    choices: [{ message: { role: 'assistant', content } }],
    usage: { prompt_tokens: 30, completion_tokens: 12 },
  });
  const complete = (config: object = {}) => ({
    id: 'ask',
    type: 'ai.complete',
    config: { model: 'llama3.3-70b', prompt: 'CANARY-prompt-77', ...config },
  });
  const shown = { id: 'shown', type: 'output.response', config: { format: 'json' } };
  const definition = (config: object = {}) => documentOf([complete(config), shown], ['ask -> shown']);
  const start = async (request: object) =>
    (await bench.as(person, () => bench.service.get(RunStartService).start(request))).runId;
  const run = async (config: object = {}) => bench.ended(person, await start({ definition: definition(config) }));

  it('of Cortex are asked once, in the context of the run, and no word of it rests readable', async () => {
    expect(await run({ maxTokens: 50 })).toMatchObject({ status: 'succeeded' });
    expect(bench.snowflake.cortexAsked).toMatchObject([
      {
        service: 'chat',
        context: { role: 'ANALYST', warehouse: 'WH' },
        body: {
          model: 'llama3.3-70b',
          messages: [{ role: 'user', content: 'CANARY-prompt-77' }],
          max_completion_tokens: 50,
        },
      } satisfies Partial<Omit<CortexRequest, 'context'>> & { context: object },
    ]);
    const atRest = await bench.everythingAtRest();
    expect(atRest).not.toContain('CANARY-answer-77');
    expect(atRest).not.toContain('CANARY-prompt-77');
  });

  it.each([
    [400, 'unknown model "llama3.3-70b"', 'MODEL_UNKNOWN'],
    [429, 'too many requests', 'MODEL_FAILED'],
  ])('of Cortex that say no with status %d: %s', async (cortexStatus, said, code) => {
    bench.snowflake.cortex = () => {
      throw new AppError('CORTEX_FAILED', said, { extensions: { cortexStatus } });
    };
    expect(await run()).toMatchObject({ status: 'failed', error: { code } });
  });

  it('are not asked where Snowflake would answer under another role', async () => {
    bench.snowflake.cortex = () => {
      throw new AppError('CONTEXT_NOT_HONOURED', 'Your default role is PUBLIC.');
    };
    expect(await run()).toMatchObject({
      error: { code: 'CONTEXT_NOT_HONOURED', message: 'Your default role is PUBLIC.' },
    });
  });

  it('of the endpoint that the operator named get its key, which rests nowhere', async () => {
    expect(await run({ model: 'endpoint:small', maxTokens: 5 })).toMatchObject({ status: 'succeeded' });
    expect(received).toMatchObject([
      { headers: { authorization: `Bearer ${KEY}` }, body: { model: 'small', max_tokens: 5 } },
    ]);
    expect(bench.snowflake.cortexAsked).toEqual([]);
    expect(await bench.everythingAtRest()).not.toContain(KEY);
    status = 404;
    expect(await run({ model: 'endpoint:small' })).toMatchObject({ error: { code: 'MODEL_UNKNOWN' } });
    status = 200;
    expect(await run({ model: 'endpoint:other' })).toMatchObject({ error: { code: 'MODEL_UNKNOWN' } });
  });

  it('are asked no more than the budget allows, which is looked at before each call', async () => {
    const two = documentOf(
      [complete(), { ...complete({ prompt: 'And {{ nodes.ask.answer }}?' }), id: 'again' }, shown],
      ['ask -> again', 'again -> shown'],
    );
    const { id } = await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition: two }));
    await bench.as(person, () => bench.service.get(BudgetsService).save({ id, ...NO_BUDGET, maxTokens: 60 }));
    const ended = await bench.ended(person, await start({ workflowId: id }));
    expect(ended.error).toMatchObject({
      code: 'BUDGET_EXCEEDED',
      message: expect.stringContaining('its models took 42 tokens so far') as string,
    });
    expect(bench.snowflake.cortexAsked).toHaveLength(1);
  });

  it('are counted before the run, where the workflow says how many rows there are', async () => {
    const rows = {
      id: 'v',
      type: 'source.values',
      config: { columns: [{ name: 'S', type: 'VARCHAR' }], rows: [['a'], ['b']] },
    };
    const mood = { id: 'm', type: 'ai.sentiment', config: { column: 'S', as: 'MOOD' } };
    const preview = (document: Record<string, unknown>) =>
      bench.as(person, () => bench.service.get(PreviewService).preview({ definition: document }));
    const known = await preview(documentOf([rows, mood, result('r')], ['v -> m', 'm -> r']));
    expect(known).toMatchObject({ aiCalls: 2, tokens: { estimate: 800 } });
    const ofTable = documentOf(
      [
        table('t'),
        { id: 'm', type: 'ai.generate', config: { model: 'm', prompt: '{{ item.N }}', as: 'A' } },
        result('r'),
      ],
      ['t -> m', 'm -> r'],
    );
    expect(await preview(ofTable)).toMatchObject({ aiCalls: null, tokens: { estimate: null } });
    expect(await preview(definition())).toMatchObject({ aiCalls: 1 });
  });

  it('are listed as Snowflake and the operator name them, and may be typed where Snowflake does not', async () => {
    const list = () => bench.as(person, () => bench.service.get(ModelsService).list());
    const own = { name: 'endpoint:small', provider: 'endpoint', simulated: false };
    bench.snowflake.models = () => ({
      columns: ['name', 'comment'],
      rows: [
        ['LLAMA3.3-70B', 'Simulated by the local warehouse'],
        ['SNOWFLAKE-ARCTIC-EMBED-M', null],
      ],
    });
    expect(await list()).toEqual({
      items: [{ name: 'llama3.3-70b', provider: 'cortex', simulated: true }, own],
      cortex: 'listed',
      note: null,
    });
    bench.snowflake.models = () => {
      throw new AppError('SQL_FAILED', 'No privileges.');
    };
    expect(await list()).toMatchObject({
      items: [own],
      cortex: 'unknown',
      note: expect.stringContaining('Type the name') as string,
    });
  });
});
