import { sql } from 'kysely';
import { ROWS_HANDLE_PURPOSE, type RowsHandle } from '@snowflow/contracts/rows/rows-handle';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { ResultRequest, RunView } from '@snowflow/contracts/workflow/workflow.dto';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { WorkflowStore } from '../database/workflow-store';
import { SEALER } from '../sealer';
import { condition, documentOf, result, table, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { ResultsService } from './results.service';
import { RunStartService } from './run-start.service';

describe('The right to read a result', () => {
  let bench: WorkflowBench;
  let person: Person;
  let run: RunView;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn();
    await bench.startWorker();
    bench.snowflake.when('TAKEN', (statement) => bench.snowflake.succeed(statement, 1));
    bench.snowflake.when('BROKEN', (statement) => bench.snowflake.fail(statement, 'no'));
    const definition = documentOf(
      [
        table('t'),
        condition('check', 'ROW_COUNT > 0'),
        result('yes'),
        result('no'),
        write('w', 'TARGET'),
        table('broken'),
        result('bad'),
      ],
      ['t -> check', 'check.true -> yes', 'check.false -> no', 't -> w', 'broken -> bad'],
    );
    const { runId } = await bench.as(person, () => bench.service.get(RunStartService).start({ definition }));
    run = await bench.ended(person, runId);
  }, 60_000);
  afterAll(() => bench?.stop());

  const ask = (request: Partial<ResultRequest>, who = person) =>
    bench.as(who, () =>
      bench.service.get(ResultsService).handle({ id: run.id, nodeId: 'yes', format: 'page', ...request }),
    );
  const opened = async (request: Partial<ResultRequest>, who = person): Promise<RowsHandle> => {
    const { handle } = await ask(request, who);
    return JSON.parse(bench.service.get<Sealer>(SEALER).open(handle, ROWS_HANDLE_PURPOSE));
  };

  it('is a sealed handle on the query, for this person and the context of the run, for a minute', async () => {
    expect(await opened({ cursor: Buffer.from('40').toString('base64url'), limit: 20 })).toEqual({
      tenantId: person.tenantId,
      sessionId: person.id,
      userId: person.userId,
      context: { role: 'ANALYST', secondaryRoles: 'NONE', warehouse: 'WH', database: null, schema: null },
      source: { queryId: run.nodes['yes']?.queryId },
      format: 'page',
      offset: 40,
      limit: 20,
      expiresAtMs: expect.any(Number),
    });
    const { expiresAtMs } = await opened({});
    expect(expiresAtMs - Date.now()).toBeLessThanOrEqual(60_000);
  });

  it('goes with the person into a new sign-in of the same context', async () => {
    const sessions = bench.service.get(SessionStore);
    const first = (await sessions.find(person.id)) as SessionRecord;
    const again = { ...first, id: 'ses_again' };
    await sessions.save(again, 60);
    expect(await opened({}, again)).toMatchObject({ sessionId: 'ses_again' });
    await sessions.save({ ...again, context: { ...again.context, role: 'OTHER' } }, 60);
    await expect(ask({}, again)).rejects.toMatchObject({ code: 'CONTEXT_DIFFERS' });
  });

  it.each([
    ['t', 'NO_OWN_RESULT', { nodeId: 'yes' }],
    ['check', 'NO_OWN_RESULT', undefined],
    ['no', 'NO_OWN_RESULT', undefined],
    ['bad', 'NO_OWN_RESULT', undefined],
    ['w', 'NOT_FOUND', undefined],
    ['nothing', 'NOT_FOUND', undefined],
    ['constructor', 'NOT_FOUND', undefined],
  ])('is not given for the node %s: %s', async (nodeId, code, extensions) => {
    await expect(ask({ nodeId })).rejects.toMatchObject({ code, details: extensions ? { extensions } : {} });
  });

  it('is nobody else’s', async () => {
    for (const stranger of [await bench.signIn(person.tenantId), await bench.signIn()]) {
      await expect(ask({}, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'There is no such run.' });
    }
  });

  it('refuses a cursor that no page gave', async () => {
    await expect(ask({ cursor: 'LTE' })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('ends after 24 hours', async () => {
    await bench.service
      .get(WorkflowStore)
      .statement(
        person.tenantId,
        sql`UPDATE workflow.run_nodes SET finished_at = now() - interval '25 hours' WHERE run_id = ${run.id}`,
      );
    await expect(ask({})).rejects.toMatchObject({ code: 'RESULT_EXPIRED' });
  });
});
