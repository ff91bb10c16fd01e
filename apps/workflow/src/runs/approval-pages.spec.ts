import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { approval, documentOf, result, table } from '../testing/documents';
import { RunPilot } from '../testing/run-pilot';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { ApprovalsService } from './approvals.service';

describe('The pages of the approvals', () => {
  let bench: WorkflowBench;
  let runner: Person;
  let pilot: RunPilot;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runner = await bench.signIn(undefined, {}, { username: 'RUNNER' });
    pilot = new RunPilot(bench, runner);
    await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());

  const waitingFor = async (approver: string) => {
    const definition = documentOf(
      [table('t', 'PAGED'), approval('ask', { approvers: [`user:${approver}`] }), result('yes')],
      ['t -> ask', 'ask.approved -> yes'],
    );
    const runId = await pilot.start({ definition });
    await pilot.resting(runId);
    return runId;
  };
  /** As a map over so many items asks: all at one moment, an hour before. */
  const askForItems = (runId: string, items: number) =>
    bench.service.get(WorkflowStore).statement(
      runner.tenantId,
      sql`INSERT INTO workflow.waits (tenant_id, run_id, step, wait_for, until, sealed_detail, began_at)
        SELECT tenant_id, run_id, 'map/' || item || '/ask', wait_for, until, sealed_detail,
          date_trunc('hour', began_at) - interval '1 hour'
        FROM workflow.waits, generate_series(1, ${items}::int) item WHERE run_id = ${runId} AND step = 'ask'`,
    );
  const pageOf = (who: Person, cursor?: string) =>
    bench.as(who, () => bench.service.get(ApprovalsService).list({ limit: 50, ...(cursor ? { cursor } : {}) }));

  it('show a person what is theirs, however many of others wait for longer', async () => {
    const ann = await bench.signIn(runner.tenantId, {}, { username: 'ANN' });
    await askForItems(await waitingFor('BOB'), 1_100);
    const runId = await waitingFor('ANN');
    expect(await pageOf(ann)).toMatchObject({ items: [{ runId, nodeId: 'ask' }], nextCursor: null });
  });

  it('go on where the page before ended, also within one moment, and show each approval once', async () => {
    const cleo = await bench.signIn(runner.tenantId, {}, { username: 'CLEO' });
    await askForItems(await waitingFor('CLEO'), 119);
    const shown: string[] = [];
    const sizes: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { items, nextCursor }: Awaited<ReturnType<typeof pageOf>> = await pageOf(cleo, cursor);
      sizes.push(items.length);
      shown.push(...items.map(({ nodeId }) => nodeId));
      cursor = nextCursor;
    }
    expect(sizes).toEqual([50, 50, 20]);
    expect(new Set(shown).size).toBe(120);
    expect(shown.at(-1)).toBe('ask');
  });

  it('are not found by a cursor of anything else', async () => {
    await expect(pageOf(runner, 'bm9uZQ')).rejects.toMatchObject({ code: 'VALIDATION' });
  });
});
