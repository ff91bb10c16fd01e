import { newId } from '@snowflow/contracts/documents/new-id';
import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import type { AppError } from '@snowflow/contracts/errors/app-error';
import type { RunSummary } from '@snowflow/contracts/workflow/consent.dto';
import type { ShareView } from '@snowflow/contracts/workflow/sharing.dto';
import { type RawBuilder, sql } from 'kysely';
import { ConsentsService } from '../consent/consents.service';
import { WorkflowStore } from '../database/workflow-store';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { call, documentOf, result, table } from '../testing/documents';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { ExportService } from '../transfer/export.service';
import { TrashService } from '../trash/trash.service';
import { WorkflowsService } from '../workflows/workflows.service';
import { OwnershipService } from './ownership.service';
import { SharingService } from './sharing.service';

// Real servers, on machines that do other things too.
jest.setTimeout(60_000);

const NOT_FOUND = { code: 'NOT_FOUND' };
const failing = documentOf([table('t', 'FAILING'), result('r')], ['t -> r'], { name: 'Failing' });

describe('A workflow that was shared, or was somebody else’s', () => {
  let bench: WorkflowBench;
  let owner: Person;
  let other: Person;
  let admin: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    await bench.startWorker();
    bench.snowflake.when('FAILING', (statement) => bench.snowflake.fail(statement, 'no'));
    const tenantId = newId('ten');
    const called = (username: string, more = {}) =>
      bench.signIn(tenantId, {}, { username, userId: userIdOf(tenantId, username), ...more });
    [owner, other] = [await called('OWNER'), await called('OTHER')];
    admin = await called('BOSS', { appRole: 'admin' });
  }, 60_000);
  afterAll(() => bench?.stop());

  const get = <T>(service: new (...parts: never[]) => T) => bench.service.get<T>(service);
  const save = async (definition: Record<string, unknown>, who = owner) =>
    (await bench.as(who, () => get(WorkflowsService).save({ definition }))).id;
  const share = (id: string, ...items: ShareView[]) =>
    bench.as(owner, () => get(SharingService).saveShares({ id, items }));
  const toOther = (access: ShareView['access'], details = false): ShareView => ({ to: 'user:OTHER', access, details });
  /** To all that keeps the workflow from being started by them. */
  const agree = (who: Person, workflowId: string) =>
    bench.as(who, async () => {
      const refused = await get(RunStartService)
        .start({ workflowId })
        .catch((error: AppError) => error.details.extensions?.['consents'] as RunSummary[]);
      if (!Array.isArray(refused)) return;
      for (const { workflowId: id, revision, summaryHash } of refused) {
        await get(ConsentsService).consent({ id, revision, summaryHash });
      }
    });
  const ran = async (who: Person, workflowId: string) => {
    const { runId } = await bench.as(who, () => get(RunStartService).start({ workflowId }));
    await bench.ended(who, runId);
    return runId;
  };
  const retried = (who: Person, runId: string) => bench.as(who, () => get(RunStartService).retry(runId));
  const rows = (statement: RawBuilder<object>) => get(WorkflowStore).statement(owner.tenantId, statement);
  const give = (id: string) => bench.as(admin, () => get(OwnershipService).transfer({ id, username: 'OTHER' }));

  it('is not tried again by who ran it while they might, nor by way of what calls it', async () => {
    const inner = await save(failing);
    const outer = await save(
      documentOf([table('t'), call('c', inner), result('r')], ['t -> c', 'c -> r'], { name: 'Outer' }),
      other,
    );
    await share(inner, toOther('run'));
    await agree(other, inner);
    const runs = [await ran(other, inner), await ran(other, outer)];
    for (const run of runs) await bench.ended(other, (await retried(other, run)).runId);
    await share(inner, toOther('view'));
    for (const run of runs) await expect(retried(other, run)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await share(inner);
    for (const run of runs) await expect(retried(other, run)).rejects.toMatchObject(NOT_FOUND);
  });

  it('is not tried again while it is in the trash', async () => {
    const id = await save(failing);
    const runId = await ran(owner, id);
    await bench.as(owner, () => get(TrashService).remove({ id }));
    await expect(retried(owner, runId)).rejects.toMatchObject(NOT_FOUND);
    await bench.as(owner, () => get(TrashService).restore(id));
    await expect(retried(owner, runId)).resolves.toMatchObject({ status: 'queued' });
  });

  it('shows no details of the new owner’s runs because the old one shared theirs', async () => {
    const id = await save(failing);
    await share(id, toOther('run', true), { to: 'everyone', access: 'view', details: true });
    await agree(other, id);
    const runId = await ran(other, id);
    await give(id);
    const seen = await bench.as(owner, () => get(RunsService).get(runId));
    expect(seen).toMatchObject({ detailed: false, plan: [], nodes: {}, parameters: {} });
  });

  it('runs no more in the old owner’s name, who is told why, and what they wrote stays theirs', async () => {
    const id = await save(failing);
    const schedule = newId('sch');
    const { tenantId } = owner;
    await rows(sql`
      INSERT INTO workflow.schedules (tenant_id, id, owner_id, owner_name, workflow_id, name, every, timezone, starts_at,
        credential_id, role, sealed_parameters, catch_up, catch_up_most, overlap, pause_after, notify, enabled)
      VALUES (${tenantId}, ${schedule}, ${owner.userId}, 'OWNER', ${id}, 'Nightly', '1d', 'UTC', now(), 'cred', 'ANALYST', '',
        'skip', 1, 'skip', 3, '[]', true)`);
    await rows(sql`INSERT INTO workflow.schedule_clock VALUES (${schedule}, ${tenantId}, now() + interval '1 hour')`);
    await rows(sql`
      INSERT INTO workflow.publications (tenant_id, id, workflow_id, slug, revision, credential_id, role, mode, limits, enabled, published_by)
      VALUES (${tenantId}, ${newId('pub')}, ${id}, 'given-away', 1, 'cred', 'ANALYST', 'sync', '{}', true, 'OWNER')`);
    await rows(sql`UPDATE workflow.revisions SET author_id = NULL, author_name = NULL WHERE workflow_id = ${id}`);
    await give(id);
    expect(
      await rows(sql`SELECT enabled, paused_code, paused_reason FROM workflow.schedules WHERE id = ${schedule}`),
    ).toEqual([{ enabled: false, paused_code: 'TRANSFERRED', paused_reason: expect.stringContaining('OTHER') }]);
    expect(await rows(sql`SELECT 1 FROM workflow.schedule_clock WHERE schedule_id = ${schedule}`)).toEqual([]);
    expect(await rows(sql`SELECT enabled FROM workflow.publications WHERE workflow_id = ${id}`)).toEqual([
      { enabled: false },
    ]);
    const started = bench.as(other, () => get(RunStartService).start({ workflowId: id }));
    await expect(started).rejects.toMatchObject({ code: 'CONSENT_NEEDED' });
  });

  it('gives its slug back when it is removed for good', async () => {
    const id = await save(failing);
    await rows(sql`
      INSERT INTO workflow.publications (tenant_id, id, workflow_id, slug, revision, credential_id, role, mode, limits, enabled, published_by)
      VALUES (${owner.tenantId}, ${newId('pub')}, ${id}, 'given-back', 1, 'cred', 'ANALYST', 'sync', '{}', true, 'OWNER')`);
    await bench.as(owner, () => get(TrashService).remove({ id }));
    expect(await rows(sql`SELECT slug FROM workflow.publications WHERE workflow_id = ${id}`)).toHaveLength(1);
    await bench.as(owner, () => get(TrashService).remove({ id, forever: 'true' }));
    expect(await rows(sql`SELECT slug FROM workflow.publications WHERE workflow_id = ${id}`)).toEqual([]);
  });

  it('tells the nodes of its runs to whom a role may see them, although everyone sees that it ran', async () => {
    const id = await save(failing);
    const runId = await ran(owner, id);
    await share(
      id,
      { to: 'everyone', access: 'view', details: false },
      { to: 'role:admin', access: 'view', details: true },
    );
    const nodesHeard = async (who: Person) =>
      (await bench.as(who, () => get(RunsService).events({ id: runId, after: 0, limit: 50 }))).events.filter(
        ({ data }) => data.nodeId !== undefined,
      ).length;
    expect(await nodesHeard(other)).toBe(0);
    const isOwn = async (who: Person) =>
      (await bench.as(who, () => get(RunsService).events({ id: runId, after: 0, limit: 1 }))).own;
    expect([await isOwn(owner), await isOwn(other), await isOwn(admin)]).toEqual([true, false, false]);
    expect(await nodesHeard(admin)).toBeGreaterThan(0);
  });

  it('is exported as it was saved last by whoever sees it, and by nobody else', async () => {
    const id = await save(failing);
    const definition = { ...failing, name: 'Later' };
    await bench.as(owner, () => get(WorkflowsService).save({ id, revision: 1, definition }));
    await rows(sql`UPDATE workflow.workflows SET published = 1 WHERE id = ${id}`);
    await share(id, toOther('view'));
    const exported = () => bench.as(other, () => get(ExportService).export({ ids: [id] }));
    expect((await exported()).text).toContain('"Later"');
    await share(id);
    await expect(exported()).rejects.toMatchObject(NOT_FOUND);
  });
});
