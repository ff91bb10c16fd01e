import type { RunsQuery } from '@snowflow/contracts/workflow/workflow.dto';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { documentOf, result, table, threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { RunStartService } from './run-start.service';
import { RunsService } from './runs.service';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

describe('The history of runs', () => {
  let bench: WorkflowBench;
  let runs: RunsService;
  let person: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runs = bench.service.get(RunsService);
    await bench.startWorker();
    bench.snowflake.when('BROKEN', (statement) => bench.snowflake.fail(statement, 'no'));
  }, 60_000);
  afterAll(() => bench?.stop());
  beforeEach(async () => {
    person = await bench.signIn();
  });

  const finished = async (definition: Record<string, unknown>, parameters?: Record<string, unknown>) => {
    const { runId } = await bench.as(person, () =>
      bench.service.get(RunStartService).start({ definition, parameters }),
    );
    return bench.ended(person, runId);
  };
  const list = async (query: RunsQuery) => (await bench.as(person, () => runs.list(query))).items.map(({ id }) => id);
  const createdAt = async (id: string, moment: string) => {
    await bench.service
      .get(WorkflowStore)
      .statement(person.tenantId, sql`UPDATE workflow.runs SET created_at = ${moment} WHERE id = ${id}`);
  };

  it('says who ran it, how it was started, as what and on what, and when', async () => {
    const run = await finished(threeNodes());
    const told = {
      status: 'succeeded',
      waitingFor: null,
      trigger: 'manual',
      startedBy: 'SOMEBODY',
      context: { role: 'ANALYST', secondaryRoles: 'NONE', warehouse: 'WH', database: null, schema: null },
      createdAt: expect.any(String) as string,
      startedAt: expect.any(String) as string,
      finishedAt: expect.any(String) as string,
    };
    expect(run).toMatchObject(told);
    const { items } = await bench.as(person, () => runs.list({}));
    expect(items).toEqual([{ id: run.id, workflowId: null, revision: null, ...told }]);
  });

  it('shows the runner the parameters of a run, defaults included, and no list does', async () => {
    const definition = documentOf([table('t'), result('result')], ['t -> result'], {
      parameters: [
        { name: 'least', type: 'number' },
        { name: 'region', type: 'string', default: 'EUROPE' },
      ],
    });
    const run = await finished(definition, { least: 3 });
    expect(run.parameters).toEqual({ least: 3, region: 'EUROPE' });
    expect(JSON.stringify(await bench.as(person, () => runs.list({})))).not.toContain('EUROPE');
  });

  it('is found by status, one or several', async () => {
    const good = (await finished(threeNodes())).id;
    const bad = (await finished(threeNodes('BROKEN'))).id;
    expect(await list({ status: 'failed' })).toEqual([bad]);
    expect(await list({ status: 'failed,succeeded' })).toEqual([bad, good]);
    expect(await list({ status: 'running, queued' })).toEqual([]);
    await expect(list({ status: 'failed,lost' })).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path: 'status', message: expect.stringContaining('succeeded') as string }] },
    });
  });

  it('is found by when it was created: from a moment on, before another, days beginning at midnight UTC', async () => {
    const [first, second, third] = [
      await finished(threeNodes()),
      await finished(threeNodes()),
      await finished(threeNodes()),
    ];
    await createdAt(first.id, '2026-01-01T10:00:00Z');
    await createdAt(second.id, '2026-01-02T00:00:00Z');
    await createdAt(third.id, '2026-01-03T00:00:00Z');
    expect(await list({ from: '2026-01-02', to: '2026-01-03' })).toEqual([second.id]);
    expect(await list({ to: '2026-01-02' })).toEqual([first.id]);
    expect(await list({ from: '2026-01-01T11:00:00+01:00' })).toEqual([third.id, second.id, first.id]);
    expect(await list({ from: '2026-01-01T10:00:00.001Z' })).toEqual([third.id, second.id]);
  });

  it.each(['yesterday', '2026-13-01', '2026-1-1', '2026-02-30', '1', ''])('takes no %j for a moment', async (from) => {
    await expect(list({ from })).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path: 'from', message: expect.stringContaining('2026-01-31') as string }] },
    });
  });
});
