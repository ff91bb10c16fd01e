import { AppError } from '@snowflow/contracts/errors/app-error';
import type { DeployBody } from '@snowflow/contracts/workflow/deploy.dto';
import { condition, documentOf, result, table, threeNodes, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { DeployService } from './deploy.service';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

describe('Deploying a workflow', () => {
  let bench: WorkflowBench;
  let deploys: DeployService;
  let person: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    deploys = bench.service.get(DeployService);
    person = await bench.signIn();
  }, 60_000);
  afterAll(() => bench?.stop());

  const saved = async (definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition }))).id;
  const name = (own: string) => ({ database: 'DEMO', schema: 'PUBLIC', name: own });
  const view = (own: string): DeployBody => ({ target: 'view', name: name(own) });
  const preview = (id: string, body: DeployBody, who = person) => bench.as(who, () => deploys.preview({ ...body, id }));
  const apply = (
    id: string,
    body: DeployBody,
    more: { confirmed?: boolean; fingerprint?: string } = {},
    who = person,
  ) => bench.as(who, () => deploys.apply({ confirmed: true, ...body, ...more, id }));
  const branching = () =>
    documentOf(
      [table('orders'), condition('any', 'ROW_COUNT > 0'), write('kept', 'KEPT'), write('none', 'NONE')],
      ['orders -> any', 'any.true -> kept', 'any.false -> none'],
    );
  const schedule = { everyMinutes: 30 };

  it('shows the statements and whose rights readers get, and executes nothing', async () => {
    const id = await saved(threeNodes());
    const before = bench.snowflake.submitted.length;
    const shown = await preview(id, { ...view('SEEN'), secure: true });
    expect(shown).toMatchObject({
      revision: 1,
      problems: [],
      rights: { decidedBy: 'owner', role: 'ANALYST', reads: [{ nodeId: 'orders', object: 'DEMO.PUBLIC.ORDERS' }] },
    });
    expect(shown.statements[0]?.sql).toMatch(
      /^CREATE SECURE VIEW "DEMO"\."PUBLIC"\."SEEN" COMMENT = 'Made by SnowFlow /,
    );
    expect(bench.snowflake.submitted).toHaveLength(before);
  });

  it('answers what is wrong at its nodes, with no statement', async () => {
    const id = await saved(branching());
    const { statements, problems } = await preview(id, view('NO'));
    expect(statements).toEqual([]);
    expect(problems.map(({ nodeId }) => nodeId)).toEqual(['any', 'kept', 'none']);
    await expect(apply(id, view('NO'))).rejects.toMatchObject({
      code: 'WORKFLOW_INVALID',
      details: { extensions: { problems } },
    });
    const half = await saved(documentOf([table('orders', 'MISSING'), result('out')], ['orders -> out']));
    expect((await preview(half, { target: 'sql' })).problems).toMatchObject([{ code: 'SOURCE_NOT_FOUND' }]);
  });

  it.each<[string, DeployBody, string]>([
    ['no name', { target: 'view' }, 'name'],
    ['a name that can’t be', { target: 'view', name: { ...name('V'), schema: 'a\0' } }, 'name.schema'],
    ['replacing tasks', { target: 'task', name: name('T'), schedule, replace: true }, 'replace'],
    ['no schedule', { target: 'task', name: name('T') }, 'schedule'],
    [
      'two schedules',
      { target: 'task', name: name('T'), schedule: { everyMinutes: 5, cron: '* * * * *' } },
      'schedule',
    ],
    [
      'a cron line that is none',
      { target: 'task', name: name('T'), schedule: { cron: 'daily', timezone: 'UTC' } },
      'schedule.cron',
    ],
    ['an unknown parameter', { target: 'sql', parameters: { nobody: 1 } }, 'parameters.nobody'],
    ['an unknown argument', { target: 'procedure', name: name('P'), parameters: { nobody: 1 } }, 'parameters.nobody'],
  ])('is refused at the field for %s', async (_what, body, path) => {
    const id = await saved(threeNodes());
    await expect(preview(id, body)).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [expect.objectContaining({ path })] },
    });
  });

  it('asks for parameters without a default, but of a procedure lets the caller give them', async () => {
    const filter = { id: 'big', type: 'shape.filter', config: { expression: 'N > {{ parameters.least }}' } };
    const parameters = [{ name: 'least', type: 'number' as const }];
    const id = await saved(
      documentOf([table('orders'), filter, result('out')], ['orders -> big', 'big -> out'], { parameters }),
    );
    await expect(preview(id, view('V'))).rejects.toMatchObject({ details: { errors: [{ path: 'parameters.least' }] } });
    const given = await preview(id, { ...view('V'), parameters: { least: 7 } });
    expect(given.statements[0]?.sql).toContain('(N > 7)');
    const procedure = await preview(id, { target: 'procedure', name: name('P') });
    expect(procedure.statements[0]?.sql).toMatch(/"P"\(least FLOAT\)[\s\S]*EXECUTE AS CALLER[\s\S]*\(N > :least\)/);
  });

  it('makes what was shown and confirmed, as the person in their context', async () => {
    const id = await saved(threeNodes());
    const { fingerprint, statements } = await preview(id, view('MADE'));
    const made = await apply(id, view('MADE'), { fingerprint });
    expect(made).toMatchObject({
      state: 'done',
      created: ['"DEMO"."PUBLIC"."MADE"'],
      undo: ['DROP VIEW "DEMO"."PUBLIC"."MADE"'],
      statements: [{ outcome: 'succeeded', queryId: expect.any(String) }],
    });
    expect(bench.snowflake.of('"MADE"')).toEqual([
      expect.objectContaining({
        sql: statements[0]?.sql,
        binds: [],
        context: expect.objectContaining({ role: 'ANALYST' }),
      }),
    ]);
  });

  it('makes nothing that is not confirmed, was shown otherwise, or is a script', async () => {
    const id = await saved(threeNodes());
    await expect(apply(id, view('UNSEEN'), { confirmed: false })).rejects.toMatchObject({ code: 'VALIDATION' });
    await expect(apply(id, { target: 'sql' })).rejects.toMatchObject({ code: 'VALIDATION' });
    const { fingerprint } = await preview(id, view('UNSEEN'));
    const otherRole = await bench.signIn(person.tenantId, { role: 'SYSADMIN' }, { userId: person.userId });
    await expect(apply(id, view('UNSEEN'), { fingerprint }, otherRole)).rejects.toMatchObject({
      code: 'DEPLOY_CHANGED',
    });
    expect(bench.snowflake.of('"UNSEEN"')).toEqual([]);
  });

  it('stops at the first failure and says what is there now and how to take it away', async () => {
    bench.snowflake.when('CREATE TASK "DEMO"."PUBLIC"."HALF_NONE"', (one) => bench.snowflake.fail(one, 'No privilege'));
    const made = await apply(await saved(branching()), { target: 'task', name: name('HALF'), schedule });
    expect(made).toMatchObject({
      state: 'failed',
      created: ['"DEMO"."PUBLIC"."HALF"', '"DEMO"."PUBLIC"."HALF_KEPT"'],
      undo: [
        'ALTER TASK "DEMO"."PUBLIC"."HALF" SUSPEND',
        'DROP TASK "DEMO"."PUBLIC"."HALF_KEPT"',
        'DROP TASK "DEMO"."PUBLIC"."HALF"',
      ],
    });
    expect(made.statements.map(({ outcome }) => outcome)).toEqual([
      'succeeded',
      'succeeded',
      'failed',
      ...Array.from({ length: made.statements.length - 3 }, () => 'not-sent'),
    ]);
    expect(made.statements[2]?.message).toBe('No privilege');
    expect(bench.snowflake.of('RESUME')).toEqual([]);
  });

  it('finds out what became of a statement that nobody answered, and says so where nobody knows', async () => {
    const id = await saved(threeNodes());
    bench.snowflake.loseReply('"APPLIED"', true);
    expect(await apply(id, view('APPLIED'))).toMatchObject({ state: 'done', created: ['"DEMO"."PUBLIC"."APPLIED"'] });
    bench.snowflake.loseReply('"LOST"', false);
    expect(await apply(id, view('LOST'))).toMatchObject({ state: 'failed', created: [], undo: [] });
    bench.snowflake.loseReply('"DARK"', false);
    bench.snowflake.settled = { state: 'unknown' };
    expect(await apply(id, view('DARK'))).toMatchObject({
      state: 'unknown',
      created: [],
      undo: ['DROP VIEW "DEMO"."PUBLIC"."DARK"'],
    });
    bench.snowflake.settled = undefined;
  });

  it('tells Snowflake’s own refusal of a statement', async () => {
    const refusal = new AppError('SQL_FAILED', 'Object exists already', { snowflake: { code: '002002' } });
    bench.snowflake.refused.push(refusal);
    const made = await apply(await saved(threeNodes()), view('THERE'));
    expect(made).toMatchObject({
      state: 'failed',
      statements: [{ outcome: 'failed', message: 'Object exists already' }],
    });
  });

  it('is not for viewers, nor of another’s workflow', async () => {
    const id = await saved(threeNodes());
    const viewer = await bench.signIn(person.tenantId, {}, { appRole: 'viewer' });
    await expect(apply(id, view('V'), {}, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const stranger = await bench.signIn();
    await expect(preview(id, view('V'), stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(apply(id, view('V'), {}, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
