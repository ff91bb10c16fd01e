import { newId } from '@snowflow/contracts/documents/new-id';
import type { SettledOutcome } from '@snowflow/contracts/connections/connections.dto';
import type { RunView } from '@snowflow/contracts/workflow/workflow.dto';
import { eventually } from '@snowflow/testing/eventually';
import { type RawBuilder, sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { RunsService } from '../runs/runs.service';
import { documentOf, table, write } from '../testing/documents';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { revisionHashOf } from '../unattended/pinned-revisions.repository';
import { fingerprint } from '../workflows/fingerprint';
import { parseDocument } from '../workflows/parse-document';
import { WorkflowsService } from '../workflows/workflows.service';
import { SchedulesService } from './schedules.service';

// Real servers, on machines that do other things too.
jest.setTimeout(60_000);

describe('A schedule that cancels the run before', () => {
  let bench: WorkflowBench;
  let author: Person;
  let runner: Person;
  let id: string;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    author = await bench.signIn();
    runner = { ...author, userId: newId('usr'), id: 'ses_none' };
    await bench.startWorker();
    const definition = documentOf([table('t'), write('w', 'LEDGER')], ['t -> w']);
    const saved = await bench.as(author, () => get(WorkflowsService).save({ definition }));
    await rows(sql<object>`UPDATE workflow.workflows SET published = 1 WHERE id = ${saved.id}`);
    const right = { workflowId: saved.id, role: 'ANALYST', warehouse: 'WH' };
    const revisionHash = revisionHashOf(fingerprint(parseDocument(definition)));
    bench.credentials.approve({ id: 'cred_a', ...right, revisionHash }, { userId: runner.userId, username: 'KEEPER' });
    const request = { ...right, credentialId: 'cred_a', cron: '0 7 1 1 *', overlap: 'cancel' as const };
    ({ id } = await bench.as(author, () => get(SchedulesService).create(request)));
  }, 60_000);
  afterAll(() => bench?.stop());

  const get = <T>(service: new (...parts: never[]) => T) => bench.service.get<T>(service);
  const rows = <Row extends object>(statement: RawBuilder<Row>) =>
    get(WorkflowStore).statement(author.tenantId, statement);
  const runNow = () => bench.as(author, () => get(SchedulesService).runNow(id));
  const newest = async () => {
    const [run] = (await bench.as(author, () => get(SchedulesService).runs({ id }))).items;
    if (!run) throw new Error('It has no instant.');
    return run;
  };
  const run = (runId: string | null): Promise<RunView> => bench.as(runner, () => get(RunsService).get(runId ?? ''));
  /** The newest instant was looked at and is left until later, or it is settled. */
  const isSeen = async () => {
    const [waiting] = await rows(sql<{ is_left: boolean }>`
      SELECT attempts > 0 AND at < now() + interval '10 seconds' AS is_left
      FROM workflow.schedule_work WHERE schedule_id = ${id} AND kind = 'start'`);
    return waiting?.is_left ?? true;
  };

  it('starts nothing while that run still writes, leaves an instant out where it does not end, and starts the next after its end', async () => {
    bench.snowflake.when('LEDGER', () => undefined);
    const cancel = jest.spyOn(bench.snowflake.client, 'cancel').mockResolvedValue({ done: true });
    let tell: (outcome: SettledOutcome) => void = () => undefined;
    const told = new Promise<SettledOutcome>((resolve) => (tell = resolve));
    jest.spyOn(bench.snowflake.client, 'settle').mockReturnValue(told);
    await runNow();
    await eventually(async () => bench.snowflake.of('LEDGER').length === 1);
    const [writing] = bench.snowflake.of('LEDGER');
    const { runId: first } = await newest();

    await runNow();
    await eventually(async () => cancel.mock.calls.length > 0);
    await eventually(isSeen);
    expect(await newest()).toMatchObject({ state: 'due', runId: null });
    expect(await run(first)).toMatchObject({ finishedAt: null });

    // As if it had been looked at for two minutes; who looks at it just now would write its own count over that.
    await eventually(async () => {
      const changed = await rows(sql<object>`
        UPDATE workflow.schedule_work SET attempts = 60, at = now()
        WHERE schedule_id = ${id} AND kind = 'start' AND attempts > 0 AND at < now() + interval '10 seconds' RETURNING kind`);
      return changed.length === 1;
    });
    await eventually(async () => (await newest()).state !== 'due');
    expect(await newest()).toMatchObject({ state: 'skipped', code: 'OVERLAP', runId: null });

    await runNow();
    await eventually(isSeen);
    expect(await newest()).toMatchObject({ state: 'due', runId: null });
    expect(bench.snowflake.of('LEDGER')).toHaveLength(1);

    // It was applied although it was told to end.
    bench.snowflake.when('LEDGER', bench.snowflake.succeed);
    if (writing) bench.snowflake.succeed(writing);
    tell(writing?.status ?? { state: 'absent' });
    const before = await bench.ended(runner, first ?? '');
    expect(before).toMatchObject({ status: 'cancelled', nodes: { w: { status: 'succeeded' } } });
    await eventually(async () => (await newest()).state === 'started');
    const { createdAt } = await run((await newest()).runId);
    expect(Date.parse(createdAt)).toBeGreaterThanOrEqual(Date.parse(before.finishedAt ?? ''));
  });
});
