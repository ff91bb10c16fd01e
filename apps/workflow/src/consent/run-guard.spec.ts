import type { AppError } from '@snowflow/contracts/errors/app-error';
import { NO_POLICIES } from '@snowflow/contracts/policies/tenant-policies';
import type { RunSummary } from '@snowflow/contracts/workflow/consent.dto';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { RunStartService } from '../runs/run-start.service';
import { call, documentOf, result, table, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { ConsentsService } from './consents.service';

const reading = documentOf([table('t'), result('r')], ['t -> r'], { name: 'Harmless' });
const planted = documentOf([table('t', 'SALARIES'), write('w', 'SHARED')], ['t -> w'], { name: 'Planted' });

describe('Running what somebody else wrote', () => {
  let bench: WorkflowBench;

  beforeAll(async () => {
    bench = await startWorkflowBench();
  }, 60_000);
  afterAll(() => bench?.stop());

  const saved = async (person: Person, definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition }))).id;
  /** As where somebody with whom it is shared has saved it. */
  const byAttacker = (person: Person, id: string) =>
    bench.service
      .get(WorkflowStore)
      .statement(
        person.tenantId,
        sql`UPDATE workflow.revisions SET author_id = 'usr_attacker' WHERE workflow_id = ${id}`,
      );
  const start = (person: Person, workflowId: string) =>
    bench.as(person, () => bench.service.get(RunStartService).start({ workflowId }));
  const refusal = (starting: Promise<unknown>) =>
    starting.then(
      () => undefined,
      (error: AppError) => error,
    );
  const asked = (error: AppError | undefined) => (error?.details.extensions?.['consents'] ?? []) as RunSummary[];
  const agree = (person: Person, { workflowId: id, revision, summaryHash }: RunSummary) =>
    bench.as(person, () => bench.service.get(ConsentsService).consent({ id, revision, summaryHash }));

  it('asks nothing of who wrote it themselves', async () => {
    const person = await bench.signIn();
    await expect(start(person, await saved(person, planted))).resolves.toMatchObject({ status: 'queued' });
  });

  it('shows what it does and asks once for the revision, then again for the next', async () => {
    const person = await bench.signIn();
    const id = await saved(person, planted);
    await byAttacker(person, id);
    const error = await refusal(start(person, id));
    expect(error).toMatchObject({ code: 'CONSENT_NEEDED' });
    const [summary] = asked(error);
    expect(summary).toMatchObject({
      workflowId: id,
      name: 'Planted',
      revision: 1,
      reads: ['DEMO.PUBLIC.SALARIES'],
      writes: [{ table: 'DEMO.PUBLIC.SHARED', mode: 'append' }],
    });
    await agree(person, summary as RunSummary);
    await agree(person, summary as RunSummary);
    await expect(start(person, id)).resolves.toMatchObject({ status: 'queued' });

    const definition = { ...planted, description: 'The same, saved anew' };
    await bench.as(person, () => bench.service.get(WorkflowsService).save({ id, revision: 1, definition }));
    await byAttacker(person, id);
    expect(asked(await refusal(start(person, id)))).toMatchObject([{ revision: 2 }]);
    const entries = await bench.service
      .get(WorkflowStore)
      .statement<{ action: string }>(
        person.tenantId,
        sql`SELECT action FROM workflow.audit_entries WHERE action = 'consent.given'`,
      );
    expect(entries).toHaveLength(1);
  });

  it('is refused to mighty roles where it writes, and to all roles at once', async () => {
    const person = await bench.signIn(undefined, { role: 'ACCOUNTADMIN' });
    const id = await saved(person, planted);
    await byAttacker(person, id);
    expect(await refusal(start(person, id))).toMatchObject({ code: 'GUARDED_ROLE' });
    const all = await bench.signIn(person.tenantId, { secondaryRoles: 'ALL' }, { userId: person.userId });
    expect(await refusal(start(all, id))).toMatchObject({ code: 'GUARDED_ROLE' });
    const harmless = await saved(person, reading);
    await byAttacker(person, harmless);
    expect(await refusal(start(person, harmless))).toMatchObject({ code: 'CONSENT_NEEDED' });

    const store = new TenantPoliciesStore(bench.service.get(REDIS));
    await store.save(person.tenantId, { ...NO_POLICIES, version: 1, guardedRoles: ['SYSADMIN'] });
    expect(await refusal(start(person, id))).toMatchObject({ code: 'CONSENT_NEEDED' });
  });

  it('counts for a workflow inside one’s own, at the revision that is pinned, and when a run is tried again', async () => {
    const person = await bench.signIn();
    const inner = await saved(person, planted);
    await byAttacker(person, inner);
    const end = { id: 'end', type: 'output.response', config: { format: 'json' } };
    const own = await saved(person, documentOf([call('c', inner), end], ['c -> end'], { name: 'Own' }));
    const [summary] = asked(await refusal(start(person, own)));
    expect(summary).toMatchObject({ workflowId: inner, name: 'Planted', writes: [{ table: 'DEMO.PUBLIC.SHARED' }] });
    await agree(person, summary as RunSummary);
    await expect(start(person, own)).resolves.toMatchObject({ status: 'queued' });
  });

  it('counts for one’s own revision on top of others’ work, where it writes, until that is agreed to', async () => {
    const person = await bench.signIn();
    const id = await saved(person, planted);
    await byAttacker(person, id);
    const definition = { ...planted, description: 'A comma more' };
    await bench.as(person, () => bench.service.get(WorkflowsService).save({ id, revision: 1, definition }));
    await bench.service
      .get(WorkflowStore)
      .statement(
        person.tenantId,
        sql`UPDATE workflow.revisions SET author_id = ${person.userId} WHERE workflow_id = ${id} AND revision = 2`,
      );
    const [summary] = asked(await refusal(start(person, id)));
    await agree(person, summary as RunSummary);
    await expect(start(person, id)).resolves.toMatchObject({ status: 'queued' });
  });
});
