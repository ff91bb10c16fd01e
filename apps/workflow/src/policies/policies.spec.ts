import { NO_POLICIES, type TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { ModelsService } from '../models/models.service';
import { RunStartService } from '../runs/run-start.service';
import { condition, documentOf, result, table, threeNodes, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { ValidationService } from '../validation/validation.service';

jest.setTimeout(30_000);

const explained = (...objects: string[]) => ({
  GlobalStats: { partitionsTotal: 1, partitionsAssigned: 1, bytesAssigned: 1 },
  Operations: [
    [
      { id: 0, operation: 'Result' },
      { id: 1, operation: 'TableScan', objects },
    ],
  ],
});

describe('Policies of the tenant', () => {
  let bench: WorkflowBench;
  let person: Person;
  let version = 0;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());
  beforeEach(async () => {
    person = await bench.signIn();
    bench.snowflake.explained.length = 0;
    bench.snowflake.explain = () => explained('DEMO.PUBLIC.ORDERS');
  });

  const allow = (policies: Partial<TenantPolicies>) => {
    version += 1;
    const store = new TenantPoliciesStore(bench.service.get(REDIS));
    return store.save(person.tenantId, { ...NO_POLICIES, ...policies, version });
  };
  const problems = async (definition: object) => {
    const reply = await bench.as(person, () => bench.service.get(ValidationService).validate(definition));
    return reply.problems.filter(({ code }) => code === 'POLICY_DENIED').map(({ nodeId, path }) => [nodeId, path]);
  };
  const start = async (definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(RunStartService).start({ definition }))).runId;
  const run = async (definition: Record<string, unknown>) => bench.ended(person, await start(definition));
  const ask = { id: 'ask', type: 'ai.complete', config: { model: 'llama3.3-70b', prompt: 'Say hello' } };
  const asking = documentOf(
    [ask, { id: 'shown', type: 'output.response', config: { format: 'json' } }],
    ['ask -> shown'],
  );

  it('are problems at the fields that name what is denied, and nothing runs', async () => {
    const writing = documentOf([table('t'), write('w', 'TARGET')], ['t -> w']);
    expect(await problems(writing)).toEqual([]);
    await allow({ targets: ['DEMO.OUT'], nodeTypes: ['output.table'] });
    expect(await problems(writing)).toEqual([
      ['t', undefined],
      ['w', 'database'],
    ]);
    await allow({ databases: ['OTHER'], models: ['claude-*'], kinds: ['view'] });
    expect(await problems(threeNodes())).toEqual([
      ['orders', 'database'],
      ['orders', 'table'],
    ]);
    expect(await problems(asking)).toEqual([['ask', 'model']]);
    const sql = { id: 's', type: 'source.sql', config: { sql: 'SELECT * FROM DEMO.PUBLIC.ORDERS' } };
    expect(await problems(documentOf([sql, result('r')], ['s -> r']))).toEqual([['s', 'sql']]);
    await expect(start(threeNodes('UNTOUCHED'))).rejects.toMatchObject({ code: 'WORKFLOW_INVALID' });
    expect(bench.snowflake.of('UNTOUCHED')).toEqual([]);
  });

  it('hold for a plan that was just made', async () => {
    expect((await run(threeNodes('PLANNED'))).status).toBe('succeeded');
    await allow({ databases: ['OTHER'] });
    await expect(start(threeNodes('PLANNED'))).rejects.toMatchObject({ code: 'WORKFLOW_INVALID' });
  });

  it('on databases are checked on what EXPLAIN resolves, before anything is sent, and cost nothing where there are none', async () => {
    expect((await run(threeNodes('FREE'))).status).toBe('succeeded');
    expect(bench.snowflake.explained).toEqual([]);
    await allow({ databases: ['DEMO'] });
    expect((await run(threeNodes('ALLOWED'))).status).toBe('succeeded');
    bench.snowflake.explain = () => explained('DEMO.PUBLIC.SOME_VIEW', 'SECRET.S.T');
    const denied = await run(threeNodes('THROUGH_A_VIEW'));
    expect(denied).toMatchObject({ status: 'failed', error: { code: 'POLICY_DENIED' } });
    expect(bench.snowflake.of('THROUGH_A_VIEW')).toEqual([]);
    bench.snowflake.explain = () => ({ GlobalStats: explained().GlobalStats });
    expect(await run(threeNodes('UNSAID'))).toMatchObject({ status: 'failed', error: { code: 'POLICY_DENIED' } });
    expect(bench.snowflake.of('UNSAID')).toEqual([]);
  });

  it('hold for what is left of a run when they change under way', async () => {
    bench.snowflake.when('GATE_1', async (statement) => {
      await allow({ targets: ['ELSEWHERE'] });
      bench.snowflake.succeed(statement);
    });
    const document = documentOf(
      [table('t', 'GATE_1'), condition('c', 'ROW_COUNT > 0'), write('w', 'GATE_2')],
      ['t -> c', 'c.true -> w'],
    );
    expect(await run(document)).toMatchObject({ status: 'failed', error: { code: 'POLICY_DENIED' } });
    expect(bench.snowflake.of('GATE_2')).toEqual([]);
  });

  it('refuse a function of the account without its schema at its field, and in a run that comes to it', async () => {
    const keeping = (expression: string, gate = 'OPEN') =>
      documentOf(
        [
          table('t', gate),
          condition('c', 'ROW_COUNT > 0'),
          { id: 'f', type: 'shape.filter', config: { expression } },
          write('w', 'LEAKED'),
        ],
        ['t -> c', 'c.true -> f', 'f -> w'],
      );
    await allow({ databases: ['DEMO'], opaque: ['DEMO'] });
    expect(await problems(keeping('LEAK(1) > 1'))).toEqual([['f', 'expression']]);
    const builtIn = "IFF(TRY_TO_NUMBER('1') > 1, PARSE_JSON('{}') IS NULL, AI_COMPLETE('m', 'x') = 'y')";
    expect(await problems(keeping(builtIn))).toEqual([]);
    await allow({});
    bench.snowflake.when('LEAK_GATE', async (statement) => {
      await allow({ databases: ['DEMO'], opaque: ['DEMO'] });
      bench.snowflake.succeed(statement);
    });
    expect(await run(keeping('LEAK(1) > 1', 'LEAK_GATE'))).toMatchObject({
      status: 'failed',
      error: { code: 'POLICY_DENIED', message: expect.stringContaining('the function LEAK without its') as string },
    });
    expect(bench.snowflake.of('LEAKED')).toEqual([]);
    expect((await run(keeping(builtIn))).status).toBe('succeeded');
  });

  it('are asked before each call of a model, and shown in the list of models', async () => {
    bench.snowflake.models = () => ({ columns: ['name'], rows: [['LLAMA3.3-70B'], ['CLAUDE-4']] });
    await allow({ models: ['claude-*'] });
    const { items } = await bench.as(person, () => bench.service.get(ModelsService).list());
    expect(items.map(({ name, denied }) => [name, denied?.policy])).toEqual([
      ['claude-4', undefined],
      ['llama3.3-70b', 'models'],
    ]);
    await expect(start(asking)).rejects.toMatchObject({ code: 'WORKFLOW_INVALID' });
    expect(bench.snowflake.cortexAsked).toEqual([]);
  });
});
