import type { INestApplicationContext } from '@nestjs/common';
import type { ScratchTablesView } from '@snowflow/contracts/workflow/scratch-tables.dto';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { ResultsService } from '../runs/results.service';
import { SessionRunsService } from '../runs/session-runs.service';
import { approval, documentOf, filter, result, table, write } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { OverdueTablesService } from './overdue-tables.service';
import { ScratchSweep } from './scratch-sweep';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

describe('A scratch table', () => {
  let bench: WorkflowBench;
  let worker: INestApplicationContext;
  let pilot: RunPilot;
  let runner: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runner = await bench.signIn(undefined, {}, { appRole: 'admin' });
    pilot = new RunPilot(bench, runner);
    worker = await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());

  const kept = { materialiseAs: { database: 'DEMO', schema: 'SCRATCH' } };
  /** c keeps its rows in a table; then a written table and a result, both over c. */
  const shared = (name: string, target: string, settings: object = kept) =>
    documentOf(
      [table('t', name), filter('c', { ...settings }), write('w', target), result('r')],
      ['t -> c', 'c -> w', 'c -> r'],
    );
  const nameIn = (runId: string) => `"DEMO"."SCRATCH"."SNOWFLOW_SCRATCH_${runId}_c"`;
  const sent = (holds: string) => bench.snowflake.of(holds).map((statement) => statement.sql);
  const drops = (runId: string) => sent(`DROP TABLE IF EXISTS ${nameIn(runId)}`).length;
  const rows = <Row>(statement: ReturnType<typeof sql<Row>>, person = runner) =>
    bench.service.get(WorkflowStore).statement(person.tenantId, statement);
  const keptFor = (runId: string) =>
    rows(sql<{ table_name: string }>`SELECT table_name FROM workflow.scratch_tables WHERE kept_for = ${runId}`);
  const until = async (isSo: () => boolean | Promise<boolean>) => {
    for (
      const giveUpAt = Date.now() + 10_000;
      !(await isSo());
      await new Promise((resolve) => setTimeout(resolve, 15))
    ) {
      if (Date.now() > giveUpAt) throw new Error('It did not come true');
    }
  };
  const gone = (runId: string) => until(async () => (await keptFor(runId)).length === 0);
  const overdue = (person = runner): Promise<ScratchTablesView> =>
    bench.as(person, () => bench.service.get(OverdueTablesService).list());
  const signInAgain = (person = runner) => bench.as(person, () => bench.service.get(SessionRunsService).resumeAll());
  const failOnce = (name: string) => {
    let failed = false;
    bench.snowflake.when(name, (statement) => {
      if (failed) return bench.snowflake.succeed(statement);
      failed = true;
      return bench.snowflake.fail(statement, 'no');
    });
  };

  it('is written down before it is made, read by later steps, and dropped as its person at the end of the run', async () => {
    let known: unknown[] = [];
    bench.snowflake.when('"KEPT_SOURCE"', async (statement) => {
      known = await keptFor(String(statement.tag['run']));
      bench.snowflake.succeed(statement);
    });
    const run = await pilot.runToEnd({ definition: shared('KEPT_SOURCE', 'KEPT_TARGET') });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { c: { status: 'succeeded' } } });
    expect(known).toHaveLength(1);
    const [made = ''] = sent('"KEPT_SOURCE"');
    expect(made).toMatch(
      new RegExp(
        `^CREATE OR REPLACE TRANSIENT TABLE ${nameIn(run.id)} DATA_RETENTION_TIME_IN_DAYS = 0 COMMENT = 'SnowFlow run ${run.id}; expires \\d{4}-[^']*Z' AS WITH`,
      ),
    );
    expect(sent('"KEPT_TARGET"')[0]).toContain(`FROM ${nameIn(run.id)}`);
    await gone(run.id);
    const [drop] = bench.snowflake.of(`DROP TABLE IF EXISTS ${nameIn(run.id)}`);
    expect(drop).toMatchObject({ context: { role: 'ANALYST', warehouse: 'WH' }, runId: run.id, binds: [] });
    await expect(
      bench.as(runner, () => bench.service.get(ResultsService).handle({ id: run.id, nodeId: 'c', format: 'page' })),
    ).rejects.toMatchObject({ code: 'NO_OWN_RESULT' });
  });

  it('stays while its run rests, however long, and is made by no debug run', async () => {
    const definition = documentOf(
      [table('t', 'RESTING'), filter('c', kept), approval('ask'), result('r')],
      ['t -> c', 'c -> ask', 'ask.approved -> r'],
    );
    const approver = await bench.signIn(runner.tenantId, { role: 'FINANCE' });
    const runId = await pilot.start({ definition });
    await pilot.resting(runId);
    await signInAgain();
    await rows(sql`UPDATE workflow.step_outcomes SET at = now() - interval '30 days' WHERE run_id = ${runId}`);
    expect((await overdue()).items).toEqual([]);
    expect(drops(runId)).toBe(0);
    await pilot.decide(approver, runId, 'ask');
    expect((await pilot.ended(runId)).status).toBe('succeeded');
    await gone(runId);

    await pilot.runToEnd({ definition: shared('DEBUGGED', 'NOT_WRITTEN'), mode: 'debug' });
    expect(sent('"DEBUGGED"').filter((text) => text.includes('TRANSIENT'))).toEqual([]);
  });

  it('of a run that failed is read by its retry, and dropped with that', async () => {
    failOnce('RETRIED_TARGET');
    const first = await pilot.runToEnd({ definition: shared('RETRIED_SOURCE', 'RETRIED_TARGET') });
    expect(first.status).toBe('failed');
    await rows(sql`UPDATE workflow.step_outcomes SET at = now() - interval '25 hours' WHERE run_id = ${first.id}`);
    expect(await keptFor(first.id)).toHaveLength(1);
    const again = await pilot.ended(await pilot.retry(first.id));
    expect(again.status).toBe('succeeded');
    expect(sent('"RETRIED_SOURCE"')).toHaveLength(1);
    expect(sent('RETRIED_TARGET')[1]).toContain(nameIn(first.id));
    await gone(again.id);
    expect(drops(first.id)).toBe(1);
    await expect(
      pilot.start({ definition: shared('RETRIED_SOURCE', 'OTHER'), mode: { from: 'w', runId: again.id } }),
    ).rejects.toMatchObject({ code: 'RESULT_EXPIRED', message: expect.stringContaining('Run the node c again') });
  });

  it('that is gone in Snowflake fails who reads it, saying which node to run again', async () => {
    bench.snowflake.when('GONE_TARGET', (statement) => {
      const name = nameIn(String(statement.tag['run'])).replaceAll('"', '');
      const failure = {
        code: '002003',
        sqlState: '42S02',
        message: `Object '${name}' does not exist or not authorized.`,
      };
      statement.status = { state: 'failed', queryId: statement.queryId, failure };
    });
    const run = await pilot.runToEnd({ definition: shared('GONE_SOURCE', 'GONE_TARGET') });
    expect(run.error).toMatchObject({
      code: 'RESULT_EXPIRED',
      message: expect.stringContaining('Run the node c again'),
    });
  });

  it('that can’t be dropped is listed to admins of its tenant, and dropped at the next sign-in', async () => {
    const person = await bench.signIn();
    const admin = await bench.signIn(person.tenantId, {}, { appRole: 'admin' });
    const own = new RunPilot(bench, person);
    bench.snowflake.when('DROP TABLE', (statement) => bench.snowflake.fail(statement, 'not now'));
    const run = await own.runToEnd({ definition: shared('LEFT_SOURCE', 'LEFT_TARGET') });
    await until(() => drops(run.id) === 1);
    const listed = await overdue(admin);
    expect(listed.items).toEqual([
      {
        database: 'DEMO',
        schema: 'SCRATCH',
        name: `SNOWFLOW_SCRATCH_${run.id}_c`,
        runId: run.id,
        person: 'SOMEBODY',
        since: run.finishedAt,
      },
    ]);
    expect(listed.tasks).toMatchObject([{ database: 'DEMO', schema: 'SCRATCH' }]);
    expect((await overdue()).items).toEqual([]);
    await expect(overdue(person)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    bench.snowflake.when('DROP TABLE', bench.snowflake.succeed);
    await signInAgain(admin);
    expect((await overdue(admin)).items).toHaveLength(1);
    await signInAgain(person);
    await until(async () => (await overdue(admin)).items.length === 0);
    expect(await bench.everythingAtRest()).not.toContain('LEFT_SOURCE');
  });

  it('of a worker that died at the end of its run, or of a run that failed a day ago, is dropped at the next sign-in', async () => {
    worker.get(ScratchSweep).afterRun = () => Promise.resolve();
    failOnce('DAY_OLD_TARGET');
    const died = await pilot.runToEnd({ definition: shared('DIED_SOURCE', 'DIED_TARGET') });
    const failed = await pilot.runToEnd({ definition: shared('DAY_OLD_SOURCE', 'DAY_OLD_TARGET') });
    await signInAgain();
    await gone(died.id);
    expect([drops(died.id), drops(failed.id)]).toEqual([1, 0]);
    await rows(sql`UPDATE workflow.runs SET finished_at = now() - interval '25 hours' WHERE id = ${failed.id}`);
    await signInAgain();
    await gone(failed.id);
    expect(drops(failed.id)).toBe(1);
  });
});
