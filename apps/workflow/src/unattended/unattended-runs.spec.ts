import { newId } from '@snowflow/contracts/documents/new-id';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { documentOf, result, table, threeNodes, write } from '../testing/documents';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { fingerprint } from '../workflows/fingerprint';
import { parseDocument } from '../workflows/parse-document';
import { WorkflowsService } from '../workflows/workflows.service';
import { revisionHashOf } from './pinned-revisions.repository';
import type { UnattendedOrder } from './unattended-order';
import { UnattendedRuns } from './unattended-runs';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

describe('Runs without a person', () => {
  let bench: WorkflowBench;
  let unattended: UnattendedRuns;
  let author: Person;
  const owner = { userId: newId('usr'), username: 'KEEPER' };

  beforeAll(async () => {
    bench = await startWorkflowBench();
    unattended = bench.service.get(UnattendedRuns);
    author = await bench.signIn();
    await bench.startWorker();
  }, 60_000);
  afterAll(() => bench?.stop());

  const orderOf = async (definition: Record<string, unknown>, more: Partial<UnattendedOrder> = {}) => {
    const { id, revision } = await bench.as(author, () => bench.service.get(WorkflowsService).save({ definition }));
    const order: UnattendedOrder = {
      tenantId: author.tenantId,
      workflowId: id,
      revision,
      credentialId: newId('cred'),
      role: 'ANALYST',
      warehouse: 'WH',
      trigger: 'schedule',
      key: newId('key'),
      ...more,
    };
    const revisionHash = revisionHashOf(fingerprint(parseDocument(definition)));
    const { credentialId, role, warehouse } = order;
    bench.credentials.approve({ id: credentialId, workflowId: id, revisionHash, role, warehouse }, owner);
    return order;
  };
  const asOwner = (): Person => ({ tenantId: author.tenantId, userId: owner.userId, id: 'ses_none' });

  it('belong to the credentials owner, name their trigger, and end although their session closes behind them', async () => {
    const order = await orderOf(threeNodes('UNATTENDED'));
    const started = await unattended.start(order);
    expect(started).toEqual({ runId: expect.any(String), ownerId: owner.userId, isRepeat: false });
    const run = await bench.ended(asOwner(), started.runId);
    expect(run).toMatchObject({ status: 'succeeded', trigger: 'schedule', startedBy: 'KEEPER', revision: 1 });
    expect(run.context).toMatchObject({ role: 'ANALYST', warehouse: 'WH' });
    const session = bench.credentials.opened.at(-1) ?? '';
    expect(bench.credentials.ended).toContain(session);
    expect(await bench.service.get(SessionStore).find(session)).toBeUndefined();
  });

  it('are started once for one key, however many order them at once', async () => {
    const order = await orderOf(threeNodes('ONCE'));
    const started = await Promise.all([1, 2, 3, 4].map(() => unattended.start(order)));
    expect(new Set(started.map(({ runId }) => runId)).size).toBe(1);
    expect(started.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
    await bench.ended(asOwner(), started[0]?.runId ?? '');
    expect(bench.snowflake.of('ONCE')).toHaveLength(1);
    const other = unattended.start({ ...order, revision: 2 });
    await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });

  it('of calls share a session for a while; one that auth ended is opened anew', async () => {
    const order = await orderOf(threeNodes('SHARED'), { trigger: 'published' });
    const before = bench.credentials.opened.length;
    for (const key of ['a', 'b']) await unattended.start({ ...order, key });
    expect(bench.credentials.opened).toHaveLength(before + 1);
    await bench.service.get(SessionStore).remove(bench.credentials.opened.at(-1) ?? '');
    const { runId } = await unattended.start({ ...order, key: 'c' });
    expect(bench.credentials.opened).toHaveLength(before + 2);
    expect(await bench.ended(asOwner(), runId)).toMatchObject({ status: 'succeeded', trigger: 'published' });
  });

  it('of calls are one for one key, although another revision, role or credential was published meanwhile', async () => {
    const calledBy = { publicationId: newId('pub'), keyId: 'sfk_a' };
    const order = await orderOf(threeNodes('REPUBLISHED'), { trigger: 'published', calledBy });
    const { runId } = await unattended.start(order);
    const later = { ...order, revision: 2, role: 'OTHER', credentialId: newId('cred') };
    expect(await unattended.start(later)).toMatchObject({ runId, isRepeat: true });
    const otherwise = unattended.start({ ...later, parameters: { day: 1 } });
    await expect(otherwise).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    await bench.ended(asOwner(), runId);
  });

  it('of calls sign in anew once the credentials owner has another app role', async () => {
    const order = await orderOf(threeNodes('DEMOTED'), { trigger: 'published', key: undefined });
    await unattended.start(order);
    const before = bench.credentials.opened.length;
    await bench.service.get(SessionStore).changeRights(bench.credentials.opened.at(-1) ?? '', { appRole: 'viewer' });
    await unattended.start(order);
    expect(bench.credentials.opened).toHaveLength(before + 1);
  });

  it('neither write nor send under a mighty role what others wrote, approved as it may be', async () => {
    const planted = documentOf([table('t', 'SALARIES'), write('w', 'SHARED')], ['t -> w']);
    await expect(unattended.start(await orderOf(planted, { role: 'ACCOUNTADMIN' }))).rejects.toMatchObject({
      code: 'GUARDED_ROLE',
    });
    await expect(unattended.start(await orderOf(planted))).resolves.toMatchObject({ isRepeat: false });
    const reading = await orderOf(threeNodes('READS'), { role: 'ACCOUNTADMIN' });
    await expect(unattended.start(reading)).resolves.toMatchObject({ isRepeat: false });
  });

  it('fail with a clear error where their session is over and nothing says by which credential they could sign in again', async () => {
    const order = await orderOf(threeNodes('UNORDERED'));
    bench.snowflake.isOver = true;
    const { runId } = await unattended.start(order);
    const run = await bench.ended(asOwner(), runId);
    bench.snowflake.isOver = false;
    expect(run).toMatchObject({ status: 'failed', error: { code: 'SNOWFLAKE_SESSION_ENDED' } });
  });

  it('are not started by a credential that is not approved, for what is gone, or with wrong parameters', async () => {
    const order = await orderOf(threeNodes());
    const start = (change: Partial<UnattendedOrder>) => unattended.start({ ...order, key: newId('key'), ...change });
    await expect(start({ role: 'SYSADMIN' })).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
    await expect(start({ revision: 7 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(start({ tenantId: newId('ten') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(start({ parameters: { extra: 1 } })).rejects.toMatchObject({ code: 'VALIDATION' });
    const broken = await orderOf(documentOf([table('gone', 'MISSING_ONE'), result('end')], ['gone -> end']));
    await expect(unattended.start(broken)).rejects.toMatchObject({ code: 'WORKFLOW_INVALID' });
  });
});
