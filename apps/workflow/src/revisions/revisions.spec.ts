import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { RunStartService } from '../runs/run-start.service';
import { threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { TrashService } from '../trash/trash.service';
import { WorkflowsService } from '../workflows/workflows.service';
import { PublishingService } from './publishing.service';
import { RevisionsService } from './revisions.service';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

describe('Revisions', () => {
  let bench: WorkflowBench;
  let person: Person;
  let revisions: RevisionsService;
  let publishing: PublishingService;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn();
    revisions = bench.service.get(RevisionsService);
    publishing = bench.service.get(PublishingService);
  }, 60_000);
  afterAll(() => bench?.stop());

  const as = <T>(work: () => Promise<T>) => bench.as(person, work);
  const named = (name: string) => ({ ...threeNodes(), name });
  /** A workflow saved once per name. */
  const saved = async (...names: string[]) => {
    let id: string | undefined;
    for (const [index, name] of names.entries()) {
      const request = id === undefined ? {} : { id, revision: index };
      ({ id } = await as(() => bench.service.get(WorkflowsService).save({ ...request, definition: named(name) })));
    }
    return id ?? '';
  };
  const audited = () =>
    bench.service
      .get(WorkflowStore)
      .statement<{ action: string; object_id: string }>(
        person.tenantId,
        sql`SELECT action, object_id FROM workflow.audit_entries ORDER BY seq`,
      );

  it('are listed with who saved them, the latest first and page by page', async () => {
    const id = await saved('One', 'Two', 'Three');
    const first = await as(() => revisions.list({ id, limit: 2 }));
    expect(first.items).toMatchObject([
      { revision: 3, author: 'SOMEBODY', name: null, published: false, publishedAt: null },
      { revision: 2 },
    ]);
    expect(new Set(first.items.map(({ hash }) => hash)).size).toBe(2);
    expect(first.items[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
    const rest = await as(() => revisions.list({ id, limit: 2, cursor: first.nextCursor ?? '' }));
    expect(rest).toMatchObject({ items: [{ revision: 1 }], nextCursor: null });
    expect(await as(() => revisions.get({ id, revision: 2 }))).toMatchObject({ definition: named('Two') });
    await expect(as(() => revisions.get({ id, revision: 9 }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const ofAnotherList = Buffer.from('[1,"wf_1"]').toString('base64url');
    await expect(as(() => revisions.list({ id, cursor: ofAnotherList }))).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('are compared by node and field; what only moved is told when asked for', async () => {
    const id = await saved('One');
    const [table, ...others] = threeNodes().nodes as { position: object }[];
    const definition = { ...named('Two'), nodes: [{ ...table, position: { x: 7, y: 7 } }, ...others] };
    await as(() => bench.service.get(WorkflowsService).save({ id, revision: 1, definition }));
    const name = { kind: 'changed', field: 'name', before: 'One', after: 'Two' };
    expect(await as(() => revisions.diff({ id, a: 1, b: 2 }))).toEqual({ from: 1, to: 2, changes: [name] });
    const moved = {
      kind: 'changed',
      nodeId: 'orders',
      field: 'position',
      before: { x: 0, y: 0 },
      after: { x: 7, y: 7 },
    };
    expect((await as(() => revisions.diff({ id, a: 1, b: 2, moves: 'true' }))).changes).toEqual([name, moved]);
  });

  it('can be named, which is all that changes of them', async () => {
    const id = await saved('One', 'Two');
    const before = await as(() => revisions.get({ id, revision: 1 }));
    await as(() => revisions.name({ id, revision: 1, name: '  The good one ' }));
    expect(await as(() => revisions.get({ id, revision: 1 }))).toEqual({ ...before, name: 'The good one' });
    expect(await as(() => revisions.name({ id, revision: 1, name: null }))).toMatchObject({ name: null });
  });

  it('one is the published one, and a call without a number means that one', async () => {
    const id = await saved('One', 'Two');
    expect(await as(() => publishing.publish({ id, revision: 1 }))).toMatchObject({
      id,
      published: 1,
      publishedBy: 'SOMEBODY',
    });
    const { items } = await as(() => revisions.list({ id }));
    expect(items.map(({ published }) => published)).toEqual([false, true]);
    expect(await as(() => bench.service.get(WorkflowsService).get(id))).toMatchObject({ revision: 2, published: 1 });
    await expect(as(() => publishing.publish({ id, revision: 9 }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('with problems is not published, and says which', async () => {
    const id = await saved('One');
    const definition = { ...named('Broken'), edges: [] };
    await as(() => bench.service.get(WorkflowsService).save({ id, revision: 1, definition }));
    await expect(as(() => publishing.publish({ id, revision: 2 }))).rejects.toMatchObject({
      code: 'WORKFLOW_INVALID',
      details: { extensions: { problems: expect.arrayContaining([expect.objectContaining({ severity: 'error' })]) } },
    });
    expect(await as(() => bench.service.get(WorkflowsService).get(id))).toMatchObject({ published: null });
  });

  it('come back on top of the draft, which stays', async () => {
    const id = await saved('One', 'Two');
    expect(await as(() => publishing.rollback({ id, revision: 1 }))).toMatchObject({ revision: 3 });
    const { items } = await as(() => revisions.list({ id }));
    expect(items.map(({ revision, name }) => [revision, name])).toEqual([
      [3, 'Revision 1 again'],
      [2, 'Before going back to revision 1'],
      [1, null],
    ]);
    expect(await as(() => revisions.get({ id, revision: 2 }))).toMatchObject({ definition: named('Two') });
    expect(await as(() => bench.service.get(WorkflowsService).get(id))).toMatchObject({ definition: named('One') });
    expect(await as(() => publishing.rollback({ id, revision: 1 }))).toMatchObject({ revision: 3 });
    await expect(as(() => publishing.rollback({ id, revision: 77 }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are written into the log of changes as they are named, published and gone back to', async () => {
    const id = await saved('One', 'Two');
    await as(() => revisions.name({ id, revision: 1, name: 'First' }));
    await as(() => publishing.publish({ id, revision: 1 }));
    await as(() => publishing.rollback({ id, revision: 1 }));
    const actions = (await audited()).filter((entry) => entry.object_id === id).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['workflow.revision-named', 'workflow.published', 'workflow.rolled-back']),
    );
  });

  it('of a workflow in the trash are neither read nor run until it is restored', async () => {
    const id = await saved('One');
    const trash = bench.service.get(TrashService);
    await as(() => trash.remove({ id }));
    const missing = { code: 'NOT_FOUND' };
    await expect(as(() => revisions.list({ id }))).rejects.toMatchObject(missing);
    await expect(as(() => bench.service.get(RunStartService).start({ workflowId: id }))).rejects.toMatchObject(missing);
    const binned = await as(() => bench.service.get(WorkflowsService).list({ trash: 'true' }));
    expect(binned.items).toMatchObject([{ id, trashedAt: expect.any(String) }]);
    await as(() => trash.restore(id));
    await expect(as(() => trash.restore(id))).rejects.toMatchObject(missing);
    expect(await as(() => revisions.list({ id }))).toMatchObject({ items: [{ revision: 1 }] });
    await expect(as(() => trash.remove({ id, forever: 'true' }))).rejects.toMatchObject({ code: 'VALIDATION' });
    await as(() => trash.remove({ id }));
    await as(() => trash.remove({ id, forever: 'true' }));
    expect((await as(() => bench.service.get(WorkflowsService).list({ trash: 'true' }))).items).toEqual([]);
    await expect(as(() => trash.restore(id))).rejects.toMatchObject(missing);
  });
});
