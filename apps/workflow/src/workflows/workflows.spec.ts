import { sql } from 'kysely';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { WorkflowStore } from '../database/workflow-store';
import { threeNodes } from '../testing/documents';
import { TrashService } from '../trash/trash.service';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { ValidationService } from '../validation/validation.service';
import { WorkflowsService } from './workflows.service';

const nodeWith = (value: unknown) => ({
  id: 'a',
  type: 'source.sql',
  label: '',
  position: { x: 0, y: 0 },
  config: { value },
});

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

describe('Saved workflows', () => {
  let bench: WorkflowBench;
  let workflows: WorkflowsService;
  let trash: TrashService;
  let person: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    workflows = bench.service.get(WorkflowsService);
    trash = bench.service.get(TrashService);
    person = await bench.signIn();
  }, 60_000);
  afterAll(() => bench?.stop());

  const save = (request: Parameters<WorkflowsService['save']>[0], who = person, key?: string) =>
    bench.as(who, () => workflows.save(request), key);
  const named = (name: string) => ({ ...threeNodes(), name });

  it('are read by viewers, not saved or deleted by them', async () => {
    const viewer = await bench.signIn(person.tenantId, {}, { appRole: 'viewer' });
    const forbidden = { code: 'FORBIDDEN' };
    await expect(save({ definition: named('Not mine') }, viewer)).rejects.toMatchObject(forbidden);
    await expect(bench.as(viewer, () => trash.remove({ id: 'wf_any' }))).rejects.toMatchObject(forbidden);
    expect(await bench.as(viewer, () => workflows.list({}))).toMatchObject({ items: [] });
  });

  it('get a revision for each save that changes them, and keep it otherwise', async () => {
    const first = await save({ definition: named('First') });
    expect(first).toMatchObject({ revision: 1, created: true });
    const { id } = first;
    expect(await save({ id, revision: 1, definition: named('First') })).toMatchObject({ revision: 1, created: false });
    expect(await save({ id, revision: 1, definition: named('Second') })).toMatchObject({ revision: 2, created: false });
    expect(await bench.as(person, () => workflows.get(id))).toMatchObject({
      id,
      name: 'Second',
      revision: 2,
      published: null,
      createdBy: 'SOMEBODY',
      definition: named('Second'),
    });
  });

  it('are not overwritten from an older revision, which hears what is current', async () => {
    const { id } = await save({ definition: named('Base') });
    await save({ id, revision: 1, definition: named('Theirs') });
    await expect(save({ id, revision: 1, definition: named('Mine') })).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
      details: { extensions: { current: { revision: 2, definition: expect.objectContaining({ name: 'Theirs' }) } } },
    });
    expect(await save({ id, revision: 1, definition: named('Theirs') })).toMatchObject({ revision: 2 });
  });

  it('take one of two saves that are made at once', async () => {
    const { id } = await save({ definition: named('Base') });
    const outcomes = await Promise.allSettled(
      ['One', 'Other'].map((name) => save({ id, revision: 1, definition: named(name) })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('are made once per idempotency key, and a key is for one body', async () => {
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => save({ definition: named('Keyed') }, person, 'key-1')),
    );
    expect(new Set(replies.map(({ id }) => id)).size).toBe(1);
    await expect(save({ definition: named('Another') }, person, 'key-1')).rejects.toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
    });
    const colleague = await bench.signIn(person.tenantId);
    const theirs = await save({ definition: named('Keyed') }, colleague, 'key-1');
    expect(theirs.id).not.toBe(replies[0]?.id);
  });

  it('forget an idempotency key after 24 hours', async () => {
    const first = await save({ definition: named('Daily') }, person, 'key-old');
    await bench.service
      .get(WorkflowStore)
      .transaction(person.tenantId, (db) =>
        sql`UPDATE workflow.idempotency_keys SET created_at = now() - interval '25 hours' WHERE key = 'key-old'`.execute(
          db,
        ),
      );
    const second = await save({ definition: named('Next day') }, person, 'key-old');
    expect(second.id).not.toBe(first.id);
  });

  it('do not exist for another person of the tenant, nor for another tenant', async () => {
    const { id } = await save({ definition: named('Private') });
    const strangers = [await bench.signIn(person.tenantId), await bench.signIn()];
    for (const stranger of strangers) {
      const missing = { code: 'NOT_FOUND', message: 'There is no such workflow.' };
      await expect(bench.as(stranger, () => workflows.get(id))).rejects.toMatchObject(missing);
      await expect(bench.as(stranger, () => trash.remove({ id }))).rejects.toMatchObject(missing);
      await expect(save({ id, revision: 1, definition: named('Mine') }, stranger)).rejects.toMatchObject(missing);
      expect(await bench.as(stranger, () => workflows.list({}))).toEqual({ items: [], nextCursor: null });
    }
  });

  it('are kept apart by the database itself, also for a query that forgets the tenant', async () => {
    await save({ definition: named('Guarded') });
    const store = bench.service.get(WorkflowStore);
    const count = sql<{ n: number }>`SELECT count(*)::int AS n FROM workflow.workflows`;
    const [mine] = await store.statement(person.tenantId, count);
    const [theirs] = await store.statement('ten_other', count);
    const [mineAgain] = await store.statement(person.tenantId, count);
    const { rows: nobodys } = await count.execute(store.acrossTenants.withoutPlugins());
    expect(mine?.n).toBeGreaterThan(0);
    expect(theirs?.n).toBe(0);
    expect(mineAgain).toEqual(mine);
    expect(nobodys[0]?.n === 0 || nobodys[0]?.n === mine?.n).toBe(true);
    await expect(
      store.statement(
        'ten_other',
        sql`INSERT INTO workflow.revisions (tenant_id, workflow_id, revision, definition, definition_hash)
            VALUES (${person.tenantId}, 'wf_x', 1, '{}', '')`,
      ),
    ).rejects.toThrow(/row-level security/);
  });

  it('are listed newest first, page by page, and found by their name', async () => {
    const other = await bench.signIn();
    for (let n = 1; n <= 5; n += 1) await save({ definition: named(`Report ${n} 100%`) }, other);
    await save({ definition: named('Else') }, other);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await bench.as(other, () => workflows.list({ search: 'REPORT', limit: 2, cursor }));
      expect(page.items.length).toBeLessThanOrEqual(2);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(names).toEqual([5, 4, 3, 2, 1].map((n) => `Report ${n} 100%`));
    expect((await bench.as(other, () => workflows.list({ search: '100%' }))).items).toHaveLength(5);
    expect((await bench.as(other, () => workflows.list({ search: '0%1' }))).items).toHaveLength(0);
    await expect(bench.as(other, () => workflows.list({ cursor: 'nonsense' }))).rejects.toMatchObject({
      code: 'VALIDATION',
    });
  });

  it('are gone once removed', async () => {
    const { id } = await save({ definition: named('Gone') });
    expect(await bench.as(person, () => trash.remove({ id }))).toEqual({ done: true });
    await expect(bench.as(person, () => workflows.get(id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('may be half drawn, and keep texts that Postgres would refuse elsewhere', async () => {
    const half: Partial<WorkflowDocument> = {
      description: 'nul \u0000 and a lone \ud800',
      nodes: [{ id: 'a', type: 'no.such', label: '', position: { x: 0, y: 0 }, config: { deep: [[1]] } }],
      edges: [{ id: 'e', source: 'gone', sourcePort: 'out', target: 'a', targetPort: 'in' }],
    };
    const { id } = await save({ definition: { ...threeNodes(), ...half } });
    expect((await bench.as(person, () => workflows.get(id))).definition).toMatchObject(half);
  });

  const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
  it.each([
    ['no document', { surprise: true }],
    ['an unknown member', { ...threeNodes(), colour: 'blue' }],
    ['a NUL in its name', { ...threeNodes(), name: 'a\0b' }],
    ['half of a character in its name', { ...threeNodes(), name: 'a\ud800b' }],
    ['too deep a config', { ...threeNodes(), nodes: [{ ...nodeWith(nested(3_000)) }] }],
    ['too long a text', { ...threeNodes(), description: 'x'.repeat(5_000_000) }],
    ['too many values', { ...threeNodes(), nodes: [nodeWith(Array.from({ length: 250_000 }, () => 0))] }],
  ])('with %s are refused by VALIDATION, saved or validated', async (_what, definition) => {
    const refused = { code: 'VALIDATION', details: { errors: expect.any(Array) } };
    await expect(save({ definition })).rejects.toMatchObject(refused);
    const validation = bench.service.get(ValidationService);
    await expect(bench.as(person, () => validation.validate(definition))).rejects.toMatchObject(refused);
  });
});
