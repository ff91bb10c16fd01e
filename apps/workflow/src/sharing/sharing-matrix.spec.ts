import { AppError } from '@snowflow/contracts/errors/app-error';
import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { newId } from '@snowflow/contracts/documents/new-id';
import { NO_BUDGET } from '@snowflow/contracts/sessions/tenant-limits';
import { BudgetsService } from '../budget/budgets.service';
import { DeployService } from '../deploy/deploy.service';
import { PreviewService } from '../preview/preview.service';
import { PublishingService } from '../revisions/publishing.service';
import { RevisionsService } from '../revisions/revisions.service';
import { ResultsService } from '../runs/results.service';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { TrashService } from '../trash/trash.service';
import { WorkflowsService } from '../workflows/workflows.service';
import { OwnershipService } from './ownership.service';
import { SharingService } from './sharing.service';

// Real servers, on machines that do other things too.
jest.setTimeout(60_000);

const WHO = ['owner', 'edit', 'run', 'view', 'role', 'other', 'admin', 'stranger'] as const;
type Who = (typeof WHO)[number];
type Answers = Record<Who, 'yes' | 'FORBIDDEN' | 'NOT_FOUND'>;

const hidden = { other: 'NOT_FOUND', admin: 'NOT_FOUND', stranger: 'NOT_FOUND' } as const;
const may = (...who: Who[]): Answers => {
  const answer = (one: Who) => (who.includes(one) ? 'yes' : one in hidden ? 'NOT_FOUND' : 'FORBIDDEN');
  return Object.fromEntries(WHO.map((one) => [one, answer(one)])) as Answers;
};
const readers = may('owner', 'edit', 'run', 'view', 'role');
const runners = may('owner', 'edit', 'run', 'role');
const editors = may('owner', 'edit');
const ownerOnly = may('owner');

describe('What a person may do with a workflow', () => {
  let bench: WorkflowBench;
  let people: Record<Who, Person>;
  let id: string;
  let runId: string;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    await bench.startWorker();
    const tenantId = newId('ten');
    const called = (username: string, more = {}) =>
      bench.signIn(tenantId, {}, { username, userId: userIdOf(tenantId, username), ...more });
    people = {
      owner: await called('OWNER'),
      edit: await called('EDITOR'),
      run: await called('RUNNER'),
      view: await called('READER'),
      role: await called('BOSS', { appRole: 'owner' }),
      other: await called('OTHER'),
      admin: await called('ADMIN', { appRole: 'admin' }),
      stranger: await bench.signIn(),
    };
    const { owner } = people;
    ({ id } = await bench.as(owner, () => bench.service.get(WorkflowsService).save({ definition: threeNodes() })));
    await bench.as(owner, () =>
      bench.service.get(SharingService).saveShares({
        id,
        items: [
          { to: 'user:editor', access: 'edit', details: false },
          { to: 'user:RUNNER', access: 'run', details: true },
          { to: 'user:READER', access: 'view', details: false },
          { to: 'role:owner', access: 'run', details: false },
        ],
      }),
    );
    ({ runId } = await bench.as(owner, () => bench.service.get(RunStartService).start({ workflowId: id })));
    await bench.ended(owner, runId);
  }, 60_000);
  afterAll(() => bench?.stop());

  const get = <T>(service: new (...parts: never[]) => T) => bench.service.get<T>(service);
  const revision = async () => (await bench.as(people.owner, () => get(WorkflowsService).get(id))).revision;
  const changed = () => ({ ...threeNodes(), description: newId('run') });
  const share = async () => (await bench.as(people.owner, () => get(SharingService).shares(id))).items;

  const operations: [string, Answers, () => Promise<unknown>][] = [
    ['get', readers, () => get(WorkflowsService).get(id)],
    ['list revisions', readers, () => get(RevisionsService).list({ id })],
    ['read a revision', readers, () => get(RevisionsService).get({ id, revision: 1 })],
    ['diff', readers, () => get(RevisionsService).diff({ id, a: 1, b: 1 })],
    ['shares', readers, () => get(SharingService).shares(id)],
    ['budget', readers, () => get(BudgetsService).get(id)],
    ['preview', readers, () => get(PreviewService).preview({ workflowId: id })],
    ['deploy preview', readers, () => get(DeployService).preview({ id, target: 'sql' })],
    ['run', runners, () => start()],
    [
      'save',
      editors,
      async () => get(WorkflowsService).save({ id, revision: await revision(), definition: changed() }),
    ],
    ['name a revision', editors, () => get(RevisionsService).name({ id, revision: 1, name: 'First' })],
    ['go back', editors, () => get(PublishingService).rollback({ id, revision: 1 })],
    ['tag', editors, () => get(SharingService).saveTags({ id, tags: ['daily'] })],
    ['save the budget', editors, () => get(BudgetsService).save({ id, ...NO_BUDGET })],
    ['publish', ownerOnly, () => get(PublishingService).publish({ id, revision: 1 })],
    ['share', ownerOnly, async () => get(SharingService).saveShares({ id, items: await share() })],
    ['remove for good what is not in the trash', { ...ownerOnly }, () => removeForever()],
    ['see that it ran', readers, () => get(RunsService).get(runId)],
    ['hear that it ran', readers, () => get(RunsService).events({ id: runId, after: 0, limit: 50 })],
    ['cancel its run', ownerOnly, () => cancel()],
    ['read its rows', ownerOnly, () => get(ResultsService).handle({ id: runId, nodeId: 'result', format: 'page' })],
    ['try its run again', ownerOnly, () => retry()],
  ];
  /** Who has the right to is refused for another reason. */
  const unless = (code: string, work: () => Promise<unknown>) =>
    work().catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== code) throw error;
    });
  const start = () => unless('CONSENT_NEEDED', () => get(RunStartService).start({ workflowId: id }));
  const removeForever = () => unless('VALIDATION', () => get(TrashService).remove({ id, forever: 'true' }));
  const cancel = () => unless('RUN_ENDED', () => get(RunsService).cancel(runId));
  const retry = () => unless('VALIDATION', () => get(RunStartService).retry(runId));

  it.each(operations)('%s', async (_name, expected, operation) => {
    const answers: Partial<Record<Who, string>> = {};
    for (const who of WHO) {
      answers[who] = await bench.as(people[who], operation).then(
        () => 'yes',
        (error: unknown) => (error instanceof AppError ? error.code : String(error)),
      );
    }
    expect(answers).toEqual(expected);
  });

  it('lists what is theirs and what is shared, with what they may do; an admin lists everybody’s', async () => {
    const listed = async (who: Who, query = {}) =>
      (await bench.as(people[who], () => get(WorkflowsService).list(query))).items.map(({ access, owner }) => [
        access,
        owner,
      ]);
    const lists = await Promise.all(WHO.map((who) => listed(who)));
    expect(lists.map((items) => items[0]?.[0])).toEqual([
      'own',
      'edit',
      'run',
      'view',
      'run',
      undefined,
      undefined,
      undefined,
    ]);
    expect(await listed('admin', { all: 'true' })).toEqual([['none', 'OWNER']]);
    await expect(listed('edit', { all: 'true' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await listed('view', { tag: 'daily' })).toHaveLength(1);
    expect(await listed('view', { tag: 'weekly' })).toHaveLength(0);
  });

  it('shows others status and times of a run, and details only with whom they are shared', async () => {
    const seen = (who: Who) => bench.as(people[who], () => get(RunsService).get(runId));
    expect(await seen('view')).toMatchObject({
      detailed: false,
      status: 'succeeded',
      nodes: {},
      plan: [],
      statements: [],
      parameters: {},
      context: { role: null, warehouse: null },
    });
    const detailed = await seen('run');
    expect(detailed).toMatchObject({ detailed: true, context: { role: 'ANALYST' } });
    expect(detailed.plan.length).toBeGreaterThan(0);
    const heard = async (who: Who) => {
      const { events, ended } = await bench.as(people[who], () =>
        get(RunsService).events({ id: runId, after: 0, limit: 50 }),
      );
      return { ended, nodes: events.filter(({ data }) => data.nodeId !== undefined).length };
    };
    expect(await heard('view')).toEqual({ ended: true, nodes: 0 });
    expect((await heard('run')).nodes).toBeGreaterThan(0);
    const runs = await bench.as(people.view, () => get(RunsService).list({ workflowId: id }));
    expect(runs.items.map((run) => run.id)).toContain(runId);
    expect((await bench.as(people.view, () => get(RunsService).list({}))).items).toEqual([]);
  });

  it('ends with the share', async () => {
    const items = await share();
    await bench.as(people.owner, () => get(SharingService).saveShares({ id, items: [] }));
    for (const who of ['edit', 'run', 'view', 'role'] as const) {
      await expect(bench.as(people[who], () => get(WorkflowsService).get(id))).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    await bench.as(people.owner, () => get(SharingService).saveShares({ id, items }));
  });

  it('is refused with what is wrong where a share names nobody new, or a tag is none', async () => {
    const saved = (to: string[]) =>
      bench.as(people.owner, () =>
        get(SharingService).saveShares({ id, items: to.map((one) => ({ to: one, access: 'view', details: false })) }),
      );
    const before = await share();
    await expect(saved(['user:owner'])).rejects.toMatchObject({ code: 'VALIDATION' });
    await expect(saved(['everyone', 'everyone'])).rejects.toMatchObject({ code: 'VALIDATION' });
    const tagged = bench.as(people.owner, () => get(SharingService).saveTags({ id, tags: [' '] }));
    await expect(tagged).rejects.toMatchObject({ code: 'VALIDATION' });
    expect(await share()).toEqual(before);
  });

  it('passes to a new owner, whom the owner or an admin names', async () => {
    const give = (who: Who, username: string) =>
      bench.as(people[who], () => get(OwnershipService).transfer({ id, username }));
    await expect(give('other', 'EDITOR')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(give('edit', 'EDITOR')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(give('stranger', 'EDITOR')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(give('owner', 'VIEWER_1')).rejects.toMatchObject({ code: 'VALIDATION' });
    await expect(give('owner', 'NOBODY')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await give('admin', 'EDITOR')).toEqual({ id, owner: 'EDITOR' });
    expect(await bench.as(people.edit, () => get(WorkflowsService).get(id))).toMatchObject({
      access: 'own',
      owner: 'EDITOR',
      createdBy: 'OWNER',
    });
    await expect(bench.as(people.owner, () => get(WorkflowsService).get(id))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
