import { NO_POLICIES } from '@snowflow/contracts/policies/tenant-policies';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { PublishApprovals } from './publish-approvals';
import { PublishRequestsService } from './publish-requests.service';

describe('Agreement before something is published', () => {
  let bench: WorkflowBench;
  let author: Person;
  let admin: Person;
  let workflowId: string;

  beforeAll(async () => {
    bench = await startWorkflowBench();
  }, 60_000);
  afterAll(() => bench?.stop());
  beforeEach(async () => {
    author = await bench.signIn();
    admin = await bench.signIn(author.tenantId, {}, { appRole: 'admin', username: 'BOSS' });
    const definition = threeNodes();
    ({ id: workflowId } = await bench.as(author, () => bench.service.get(WorkflowsService).save({ definition })));
    const store = new TenantPoliciesStore(bench.service.get(REDIS));
    await store.save(author.tenantId, { ...NO_POLICIES, version: 1, publishApproval: true });
  });

  const requests = () => bench.service.get(PublishRequestsService);
  const ask = () => bench.as(author, () => requests().ask({ id: workflowId, revision: 1 }));
  const decide = (by: Person, requestId: string, decision: 'approve' | 'reject') =>
    bench.as(by, () => requests().decide({ requestId, decision, reason: ' Said so ' }));
  const publishing = () =>
    bench.as(author, () =>
      bench.service
        .get(WorkflowStore)
        .transaction(author.tenantId, (db) =>
          bench.service.get(PublishApprovals).assertApproved(db, author.tenantId, { workflowId, revision: 1 }),
        ),
    );

  it('is asked for once and given by an admin who did not write it', async () => {
    await expect(publishing()).rejects.toMatchObject({ code: 'POLICY_DENIED' });
    const { id } = await ask();
    expect((await ask()).id).toBe(id);
    await expect(decide(author, id, 'approve')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { items } = await bench.as(admin, () => requests().list({}));
    expect(items).toMatchObject([{ id, revision: 1, decision: null }]);
    expect(await decide(admin, id, 'approve')).toMatchObject({
      decision: 'approve',
      reason: 'Said so',
      decidedBy: 'BOSS',
    });
    await expect(publishing()).resolves.toBeUndefined();
    await expect(decide(admin, id, 'reject')).rejects.toMatchObject({ code: 'APPROVAL_DECIDED' });
  });

  it('is not given by the author, whatever they are', async () => {
    const { id } = await ask();
    const promoted = await bench.signIn(author.tenantId, {}, { userId: author.userId, appRole: 'admin' });
    await expect(decide(promoted, id, 'approve')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await decide(admin, id, 'reject');
    await expect(publishing()).rejects.toMatchObject({ code: 'POLICY_DENIED' });
  });

  it('tells who asked why it was turned down, and the log has it', async () => {
    const { id } = await ask();
    await decide(admin, id, 'reject');
    const { items } = await bench.as(author, () => requests().list({}));
    expect(items).toMatchObject([{ id, decision: 'reject', reason: 'Said so', decidedBy: 'BOSS' }]);
    const entries = await bench.service
      .get(WorkflowStore)
      .statement(
        author.tenantId,
        sql`SELECT actor_name, after FROM workflow.audit_entries WHERE action = 'approval.decided' AND object_id = ${id}`,
      );
    expect(entries).toEqual([
      { actor_name: 'BOSS', after: JSON.stringify({ workflowId, revision: 1, decision: 'reject', reason: 'Said so' }) },
    ]);
  });

  it('is turned down without a reason too', async () => {
    const { id } = await ask();
    const decided = await bench.as(admin, () => requests().decide({ requestId: id, decision: 'reject' }));
    expect(decided).toMatchObject({ decision: 'reject', reason: null });
  });
});
