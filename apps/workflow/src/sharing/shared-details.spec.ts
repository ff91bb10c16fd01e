import { newId } from '@snowflow/contracts/documents/new-id';
import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { documentOf, result, table } from '../testing/documents';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { SharingService } from './sharing.service';

// Real servers, on machines that do other things too.
jest.setTimeout(60_000);

describe('The details of a run that failed', () => {
  let bench: WorkflowBench;
  let owner: Person;
  let reader: Person;
  let runId: string;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    await bench.startWorker();
    bench.snowflake.when('FAILING', (statement) =>
      bench.snowflake.fail(statement, "Numeric value 'CANARY-row' is not recognized"),
    );
    const tenantId = newId('ten');
    const called = (username: string) => bench.signIn(tenantId, {}, { username, userId: userIdOf(tenantId, username) });
    [owner, reader] = [await called('OWNER'), await called('READER')];
    const definition = documentOf([table('t', 'FAILING'), result('r')], ['t -> r'], {
      parameters: [{ name: 'customer', type: 'string' }],
    });
    const { id } = await bench.as(owner, () => get(WorkflowsService).save({ definition }));
    await bench.as(owner, () =>
      get(SharingService).saveShares({ id, items: [{ to: 'everyone', access: 'view', details: true }] }),
    );
    const parameters = { customer: 'CANARY-parameter' };
    ({ runId } = await bench.as(owner, () => get(RunStartService).start({ workflowId: id, parameters })));
    await bench.ended(owner, runId);
  }, 60_000);
  afterAll(() => bench?.stop());

  const get = <T>(service: new (...parts: never[]) => T) => bench.service.get<T>(service);
  const seen = (who: Person) => bench.as(who, () => get(RunsService).get(runId));

  it('are whole for who ran it', async () => {
    const message = "Numeric value 'CANARY-row' is not recognized";
    expect(await seen(owner)).toMatchObject({
      detailed: true,
      own: true,
      error: { message },
      nodes: { r: { error: { message } } },
      parameters: { customer: 'CANARY-parameter' },
    });
  });

  it('tell others what kind of failure it was and the SQL, but neither what Snowflake quoted nor what it was started with', async () => {
    const run = await seen(reader);
    const error = { code: '100038', message: expect.stringContaining('shown to who ran it') as string };
    expect(run).toMatchObject({
      detailed: true,
      own: false,
      error: { ...error, nodeId: 'r' },
      nodes: { r: { status: 'failed', error } },
      parameters: {},
    });
    expect(run.plan[0]?.sql).toContain('FAILING');
    expect(run.statements).toHaveLength(1);
    const { events } = await bench.as(reader, () => get(RunsService).events({ id: runId, after: 0, limit: 100 }));
    expect(events.map(({ type }) => type)).toContain('node.failed');
    expect(JSON.stringify([run, events])).not.toContain('CANARY');
  });
});
