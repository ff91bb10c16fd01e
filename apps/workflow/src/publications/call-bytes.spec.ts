import { newId } from '@snowflow/contracts/documents/new-id';
import type { CallLimits } from '@snowflow/contracts/published/call-limits.dto';
import { eventually } from '@snowflow/testing/eventually';
import { runInScope } from '@snowflow/transport/request-scope';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { documentOf, table } from '../testing/documents';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { PublicationsService } from './publications.service';
import { PublishedCallsService } from './published-calls.service';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

describe('The bytes of a day', () => {
  let bench: WorkflowBench;
  let person: Person;
  let runner: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn();
    runner = { ...person, userId: newId('usr'), id: 'ses_none' };
    await bench.startWorker();
  }, 60_000);
  beforeEach(() => (bench.snowflake.statistics = () => ({ bytesScanned: 600, executeMs: 5 })));
  afterAll(() => bench?.stop());

  const publish = async (slug: string, limits: CallLimits) => {
    const answer = { id: 'answer', type: 'output.response', config: { format: 'json' } };
    const definition = documentOf([table('t'), answer], ['t -> answer']);
    const right = { role: 'ANALYST', warehouse: 'WH' };
    const { id } = await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition }));
    const { revisionHash } = await bench.as(person, () =>
      bench.service.get(PublicationsService).save({
        id,
        slug,
        revision: 1,
        credentialId: 'cred_a',
        mode: 'sync',
        enabled: true,
        limits,
        ...right,
      }),
    );
    const owner = { userId: runner.userId, username: 'KEEPER' };
    bench.credentials.approve({ id: 'cred_a', workflowId: id, revisionHash, ...right }, owner);
  };
  /** Answers the run once it has ended. */
  const call = async (slug: string, limits: CallLimits = {}) => {
    const key = { id: `sfk_${slug}`, name: 'A', scope: { publications: null }, limits };
    const { runId } = await runInScope({ context: { correlationId: 'call', tenantId: person.tenantId } }, () =>
      bench.service.get(PublishedCallsService).call({ slug, key, parameters: {}, durable: true }),
    );
    await bench.ended(runner, runId);
    return runId;
  };
  const measured = (runId: string) =>
    eventually(async () => {
      const rows = await bench.service
        .get(WorkflowStore)
        .statement(person.tenantId, sql`SELECT FROM workflow.statements WHERE run_id = ${runId} AND stats IS NOT NULL`);
      return rows.length > 0;
    });
  const spent = { code: 'KEY_LIMIT_REACHED', message: expect.stringContaining('its bytes of today') as string };

  it.each<[string, CallLimits, CallLimits]>([
    ['publication', { bytesPerDay: 1_000 }, {}],
    ['key', {}, { bytesPerDay: 1_000 }],
  ])('of a %s are what Snowflake scanned for its runs, of which none had a budget', async (slug, ofSlug, ofKey) => {
    await publish(slug, ofSlug);
    await measured(await call(slug, ofKey));
    await measured(await call(slug, ofKey));
    await expect(call(slug, ofKey)).rejects.toMatchObject(spent);
  });

  it('count a statement of which nothing is said yet as much as the others did on average', async () => {
    await publish('unsaid', { bytesPerDay: 1_000 });
    await measured(await call('unsaid'));
    bench.snowflake.statistics = () => ({});
    await call('unsaid');
    await expect(call('unsaid')).rejects.toMatchObject(spent);
  });
});
