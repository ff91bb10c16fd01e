import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PreviewRequest } from '@snowflow/contracts/workflow/preview.dto';
import { condition, documentOf, result, table, threeNodes, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { PreviewService } from './preview.service';

jest.setTimeout(30_000);

const stats = (bytesAssigned: number, partitionsAssigned = 1, partitionsTotal = 1) => ({
  GlobalStats: { partitionsTotal, partitionsAssigned, bytesAssigned },
});

const withConfig = (node: ReturnType<typeof table>, more: object) => ({ ...node, config: { ...node.config, ...more } });

describe('A preview', () => {
  let bench: WorkflowBench;
  let person: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn();
  }, 60_000);
  afterAll(() => bench?.stop());
  beforeEach(() => {
    bench.snowflake.explained.length = 0;
    bench.snowflake.explain = () => stats(1_000, 2, 4);
  });

  const preview = (request: PreviewRequest, who = person) =>
    bench.as(who, () => bench.service.get(PreviewService).preview(request));

  it('says what each statement reads at most, by EXPLAIN with the values of the run, and runs nothing', async () => {
    const reply = await preview({ definition: threeNodes('PREVIEWED') });
    expect(reply).toMatchObject({ statementCount: 1, bytesAtMost: 1_000, aiCalls: 0, tokens: { estimate: 0 } });
    expect(reply.statements).toEqual([
      {
        step: 'result',
        nodes: ['orders', 'big', 'result'],
        sql: expect.stringContaining('> ?'),
        known: 'before the run',
        bytes: { atMost: 1_000 },
        partitions: { assigned: 2, total: 4 },
        access: { state: 'granted', by: 'explain' },
      },
    ]);
    expect(reply.note).toContain('Upper bounds');
    expect(bench.snowflake.explained).toEqual([
      { sql: expect.stringMatching(/^EXPLAIN USING JSON WITH /), binds: [5] },
    ]);
    expect(bench.snowflake.of('PREVIEWED')).toEqual([]);
  });

  it('names the table that is written, and how', async () => {
    const { statements } = await preview({ definition: documentOf([table('t'), write('w', 'TARGET')], ['t -> w']) });
    expect(statements[0]).toMatchObject({
      step: 'w',
      writes: { database: 'DEMO', schema: 'PUBLIC', table: 'TARGET', mode: 'append' },
    });
  });

  it('takes a saved revision, and the parameters of a run', async () => {
    const definition = documentOf(
      [
        table('t'),
        { id: 'f', type: 'shape.filter', config: { expression: 'N > {{ parameters.least }}' } },
        result('r'),
      ],
      ['t -> f', 'f -> r'],
      { parameters: [{ name: 'least', type: 'number' }] },
    );
    const { id } = await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition }));
    await preview({ workflowId: id, revision: 1, parameters: { least: 7 } });
    expect(bench.snowflake.explained.map(({ binds }) => binds)).toEqual([[7]]);
    await expect(preview({ workflowId: id })).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path: 'parameters.least' }] },
    });
    const stranger = await bench.signIn();
    await expect(preview({ workflowId: id }, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(preview({})).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('shows what is refused as a problem of its statement, and then knows no sum', async () => {
    bench.snowflake.explain = (sql) => {
      if (sql.includes('SECRET')) throw new AppError('SNOWFLAKE_ACCESS_DENIED', 'Insufficient privileges.');
      if (sql.includes('DROPPED')) throw new AppError('SOURCE_NOT_FOUND', 'It does not exist.');
      if (sql.includes('WRONG')) throw new AppError('SQL_FAILED', 'Not this way.');
      return stats(10);
    };
    const names = ['FINE', 'SECRET', 'DROPPED', 'WRONG'];
    const reply = await preview({
      definition: documentOf(
        names.flatMap((name) => [table(`t${name}`, name), result(name)]),
        names.map((name) => `t${name} -> ${name}`),
      ),
    });
    expect(Object.fromEntries(reply.statements.map(({ step, problem }) => [step, problem?.code]))).toEqual({
      FINE: undefined,
      SECRET: 'NO_ACCESS',
      DROPPED: 'SOURCE_NOT_FOUND',
      WRONG: 'INVALID_SQL',
    });
    expect(reply.statements.find(({ step }) => step === 'SECRET')).toMatchObject({
      known: 'not known',
      bytes: { atMost: null },
      partitions: null,
      problem: { nodeId: 'SECRET', message: 'Insufficient privileges.' },
      access: { state: 'missing', sentence: 'Insufficient privileges.', by: 'explain' },
    });
    expect(reply.statements.find(({ step }) => step === 'WRONG')?.access).toEqual({ state: 'unknown', by: null });
    expect(reply.bytesAtMost).toBeNull();
  });

  it('says by EXPLAIN_PRIVILEGES what the role lacks, where the account has it', async () => {
    const asked: string[] = [];
    const before = bench.snowflake.privileges;
    const lacking = { privilege: 'SELECT', objectType: 'TABLE', objectName: 'DEMO.PUBLIC.LOCKED' };
    bench.snowflake.privileges = (statement) => {
      asked.push(statement);
      if (!statement.includes('LOCKED')) return { authorized: true };
      return { allOf: [{ privilege: '<ANY>', objectType: 'SCHEMA', objectName: 'DEMO.PUBLIC' }, { anyOf: [lacking] }] };
    };
    bench.snowflake.explain = (sql) => {
      if (sql.includes('LOCKED')) throw new AppError('SNOWFLAKE_ACCESS_DENIED', 'Insufficient privileges.');
      return stats(10);
    };
    const who = await bench.signIn();
    expect((await preview({ definition: threeNodes('FREE') }, who)).statements[0]?.access).toEqual({
      state: 'granted',
      by: 'explain-privileges',
    });
    expect((await preview({ definition: threeNodes('LOCKED') }, who)).statements[0]?.access).toEqual({
      state: 'missing',
      missing: [
        { object: 'DEMO.PUBLIC', privilege: 'USAGE' },
        { object: 'DEMO.PUBLIC.LOCKED', privilege: 'SELECT' },
      ],
      sentence: 'Insufficient privileges.',
      by: 'explain-privileges',
    });
    expect(asked.join()).not.toContain('?');
    bench.snowflake.privileges = before;
  });

  it('takes EXPLAIN for a proof of writing, but not of making a table', async () => {
    const made = { ...write('c', 'NEW'), config: { ...write('c', 'MISSING_YET').config, mode: 'create' } };
    const definition = documentOf([table('t'), write('w', 'TARGET'), made], ['t -> w', 't -> c']);
    const { statements } = await preview({ definition });
    expect(statements.map(({ step, access }) => [step, access.state])).toEqual([
      ['w', 'granted'],
      ['c', 'unknown'],
    ]);
  });

  it('counts what conditions decide with all their branches', async () => {
    const reply = await preview({
      definition: documentOf(
        [table('t'), condition('c', 'ROW_COUNT > 1'), result('yes'), result('no')],
        ['t -> c', 'c.true -> yes', 'c.false -> no'],
      ),
    });
    expect(reply).toMatchObject({ statementCount: 3, bytesAtMost: 3_000 });
  });

  it('knows what reads the result of another statement, or binds a value, only at run time', async () => {
    const once = withConfig(table('t', 'ONCE'), { materialise: true });
    const reply = await preview({ definition: documentOf([once, result('r')], ['t -> r']) });
    expect(reply.statements).toEqual([
      expect.objectContaining({ step: 't', known: 'before the run' }),
      {
        step: 'r',
        nodes: ['r'],
        sql: expect.stringContaining('RESULT_SCAN'),
        known: 'at run time',
        bytes: { atMost: null },
        partitions: null,
        access: { state: 'unknown', by: null },
      },
    ]);
    expect(reply.bytesAtMost).toBeNull();

    const failing = withConfig(condition('c', 'ROW_COUNT > 1'), { onError: 'branch' });
    const { statements } = await preview({
      definition: documentOf([table('t'), failing, result('why')], ['t -> c', 'c.error -> why']),
    });
    expect(statements.map(({ step, known }) => [step, known])).toEqual([
      ['c', 'before the run'],
      ['why', 'at run time'],
    ]);
  });

  it('leaves out what sends nothing: a step that only waits, and a pinned one', async () => {
    const wait = { id: 'w', type: 'logic.wait', config: { durationSeconds: 60 } };
    const pinned = withConfig(table('p'), { pinned: { runId: `run_${'a'.repeat(22)}`, nodeId: 'p' } });
    const reply = await preview({
      definition: documentOf([table('t'), wait, result('r'), pinned, result('q')], ['t -> w', 'w -> r', 'p -> q']),
    });
    expect(reply.statements.map(({ step, known }) => [step, known])).toEqual([
      ['q', 'at run time'],
      ['r', 'at run time'],
    ]);
    expect(bench.snowflake.explained).toEqual([]);
  });

  it('asks of a few statements at once only', async () => {
    let now = 0;
    let most = 0;
    bench.snowflake.explain = async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise(setImmediate);
      now -= 1;
      return stats(1);
    };
    const ids = Array.from({ length: 20 }, (_, index) => `r${index}`);
    const definition = documentOf(
      ids.flatMap((id) => [table(`t${id}`), result(id)]),
      ids.map((id) => `t${id} -> ${id}`),
    );
    expect(await preview({ definition })).toMatchObject({ statementCount: 20, bytesAtMost: 20 });
    expect(most).toBe(4);
  });

  it.each([
    ['DEADLINE_EXCEEDED', /did not explain the statement of this workflow within 40 s/],
    ['SNOWFLAKE_SESSION_ENDED', /ended/],
  ] as const)('fails clearly with %s', async (code, message) => {
    bench.snowflake.explain = () => {
      throw new AppError(code, 'It ended.');
    };
    await expect(preview({ definition: threeNodes() })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  it('does not take an explanation for one that does not say how much is read', async () => {
    bench.snowflake.explain = () => ({ Operations: [] });
    await expect(preview({ definition: threeNodes() })).rejects.toMatchObject({ code: 'SNOWFLAKE_UNAVAILABLE' });
  });

  it('of an invalid workflow says its problems', async () => {
    await expect(
      preview({ definition: documentOf([table('t', 'MISSING'), result('r')], ['t -> r']) }),
    ).rejects.toMatchObject({
      code: 'WORKFLOW_INVALID',
      details: { extensions: { problems: [expect.objectContaining({ code: 'SOURCE_NOT_FOUND' })] } },
    });
  });
});
