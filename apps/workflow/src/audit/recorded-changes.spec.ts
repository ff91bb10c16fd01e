import type { ChainedEntryView } from '@snowflow/contracts/audit/audit.dto';
import { BudgetsService } from '../budget/budgets.service';
import { DeployService } from '../deploy/deploy.service';
import { WebhookKeys } from '../notifications/webhook-keys';
import { HeldTagsService } from '../outside/held-tags.service';
import { OutsideService } from '../outside/outside.service';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { threeNodes } from '../testing/documents';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { TrashService } from '../trash/trash.service';
import { WorkflowsService } from '../workflows/workflows.service';
import { AuditService } from './audit.service';

const CANARY = 'canary-secret-9d1e';

describe('What is recorded of changes in workflows', () => {
  let bench: WorkflowBench;
  let person: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
  }, 60_000);
  afterAll(() => bench?.stop());
  beforeEach(async () => {
    person = await bench.signIn(undefined, {}, { appRole: 'owner', username: 'ANN' });
  });

  const as = <T>(work: () => Promise<T>, key?: string) => bench.as(person, work, key);
  const entries = async (): Promise<ChainedEntryView[]> => {
    const page = await as(() => bench.service.get(AuditService).list({ after: 0, limit: 100 }));
    expect(page.endHolds && page.entries.every(({ fault }) => fault === null)).toBe(true);
    return page.entries;
  };
  const save = (request: Parameters<WorkflowsService['save']>[0], key?: string) =>
    as(() => bench.service.get(WorkflowsService).save(request), key);

  it('names who saved which workflow, from which revision to which', async () => {
    const { id } = await save({ definition: threeNodes() });
    await save({ id, revision: 1, definition: { ...threeNodes(), name: 'Renamed' } });
    await as(() => bench.service.get(TrashService).remove({ id }));
    const by = { actor: { kind: 'person', id: person.userId, name: 'ANN' }, correlationId: 'spec' };
    expect(await entries()).toMatchObject([
      { ...by, action: 'workflow.saved', object: { kind: 'workflow', id }, before: null, after: { revision: 1 } },
      {
        ...by,
        action: 'workflow.saved',
        object: { id, name: 'Renamed' },
        before: { revision: 1, name: threeNodes().name },
        after: { revision: 2, name: 'Renamed' },
      },
      { ...by, action: 'workflow.trashed', before: { revision: 2 } },
    ]);
  });

  it('is one entry for one change: none for what was saved unchanged, repeated or refused', async () => {
    const { id } = await save({ definition: threeNodes() }, 'once');
    await save({ definition: threeNodes() }, 'once');
    await save({ id, revision: 1, definition: threeNodes() });
    await expect(save({ id, revision: 7, definition: { ...threeNodes(), name: 'Other' } })).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
    });
    expect(await entries()).toHaveLength(1);
  });

  it('says what a limit, a list or a key was before and is now, and no secret', async () => {
    const { id } = await save({ definition: threeNodes() });
    await as(() =>
      bench.service
        .get(BudgetsService)
        .save({ id, maxBytes: 10, maxStatements: null, maxSeconds: null, maxTokens: null }),
    );
    const outside = bench.service.get(OutsideService);
    const host = { host: 'hooks.example.com', paths: [`/services/${CANARY}`], methods: ['POST'], fields: ['rowCount'] };
    await as(() => outside.saveHosts({ hosts: [host] }));
    await as(() => bench.service.get(HeldTagsService).save({ tags: [{ tag: 'GOV.TAGS.PII', value: 'yes' }] }));
    const { id: credentialId } = await as(() =>
      outside.addCredential({ name: 'Agent', kind: 'bearer', hosts: ['hooks.example.com'], secret: CANARY }),
    );
    await as(() => outside.removeCredential({ id: credentialId }));
    const keys = await as(() => bench.service.get(WebhookKeys).rotate({ ...person, username: 'ANN' }));
    const all = await entries();
    expect(all.slice(1).map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: 'workflow.budget-changed', before: { maxBytes: null }, after: { maxBytes: 10 } },
      {
        action: 'outside-hosts.changed',
        before: { hosts: [] },
        after: { hosts: ['hooks.example.com · POST · 1 paths · fields rowCount'] },
      },
      { action: 'held-tags.changed', before: { tags: [] }, after: { tags: ['GOV.TAGS.PII = yes'] } },
      { action: 'outside-credential.added', before: null, after: { kind: 'bearer', hosts: ['hooks.example.com'] } },
      { action: 'outside-credential.removed', before: { kind: 'bearer', hosts: ['hooks.example.com'] }, after: null },
      { action: 'webhook-key.rotated', before: null, after: { overlapMs: 86_400_000 } },
    ]);
    expect(JSON.stringify(all)).not.toContain(CANARY);
    for (const { secret } of keys) expect(JSON.stringify(all)).not.toContain(secret);
  });

  it('names runs that are cancelled, and what is deployed before Snowflake is asked', async () => {
    const { id } = await save({ definition: threeNodes() });
    const started = await as(() => bench.service.get(RunStartService).start({ workflowId: id }));
    await as(() => bench.service.get(RunsService).cancel(started.runId));
    await expect(as(() => bench.service.get(RunsService).cancel(started.runId))).rejects.toMatchObject({
      code: 'RUN_ENDED',
    });
    const name = { database: 'DEMO', schema: 'PUBLIC', name: 'MADE' };
    await as(() => bench.service.get(DeployService).apply({ id, target: 'view', name, confirmed: true }));
    expect((await entries()).slice(1)).toMatchObject([
      { action: 'run.cancelled', object: { kind: 'run', id: started.runId }, before: { status: 'queued' } },
      {
        action: 'workflow.deployed',
        object: { kind: 'workflow', id },
        after: { revision: 1, target: 'view', name: 'DEMO.PUBLIC.MADE' },
      },
    ]);
  });

  it('is for owners and admins, of their own tenant', async () => {
    await save({ definition: threeNodes() });
    const audit = bench.service.get(AuditService);
    for (const appRole of ['builder', 'viewer'] as const) {
      const other = await bench.signIn(person.tenantId, {}, { appRole });
      await expect(bench.as(other, () => audit.list({ limit: 1 }))).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(bench.as(other, () => audit.verify({}))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const stranger = await bench.signIn(undefined, {}, { appRole: 'owner' });
    expect((await bench.as(stranger, () => audit.list({ limit: 1 }))).entries).toEqual([]);
  });
});
