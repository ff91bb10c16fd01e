import type { INestApplicationContext } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { TenantLimitsStore } from '@snowflow/platform/sessions/tenant-limits-store';
import type { Redis } from 'ioredis';
import { sql } from 'kysely';
import { Client } from 'pg';
import { WorkflowStore } from '../database/workflow-store';
import { RevisionsService } from '../revisions/revisions.service';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { condition, documentOf, result, table } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { TrashService } from '../trash/trash.service';
import { WorkflowsService } from '../workflows/workflows.service';
import { Purge } from './purge';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

describe('A purge', () => {
  let bench: WorkflowBench;
  let runs: RunsService;
  let worker: INestApplicationContext;
  let purge: Purge;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    runs = bench.service.get(RunsService);
    worker = await bench.startWorker();
    purge = worker.get(Purge);
    bench.snowflake.when('ENDLESS', () => undefined);
  }, 60_000);
  afterAll(() => bench?.stop());

  const twoSteps = (source: string) =>
    documentOf(
      [table(source), condition('check', 'ROW_COUNT > 1'), result('r')],
      [`${source} -> check`, 'check.true -> r'],
    );
  const start = async (person: Person, source = 'quick', key?: string) =>
    (await bench.as(person, () => bench.service.get(RunStartService).start({ definition: twoSteps(source) }), key))
      .runId;
  const finished = async (person: Person) => (await bench.ended(person, await start(person))).id;
  const store = () => bench.service.get(WorkflowStore);
  const age = async (person: Person, runId: string, days: number) => {
    await store().statement(
      person.tenantId,
      sql`UPDATE workflow.runs SET created_at = created_at - ${days} * interval '1 day',
            finished_at = finished_at - ${days} * interval '1 day' WHERE id = ${runId}`,
    );
  };
  const shown = async (person: Person) =>
    (await bench.as(person, () => runs.list({}))).items.map(({ id }) => id).sort();

  it('removes runs that ended long enough ago, of all tenants, and nothing else', async () => {
    const [person, other] = [await bench.signIn(), await bench.signIn()];
    const [old, young, others] = [await finished(person), await finished(person), await finished(other)];
    const endless = await start(person, 'endless');
    for (const id of [old, endless]) await age(person, id, 91);
    await age(person, young, 89);
    await age(other, others, 400);
    expect(await purge.purge()).toEqual({ runs: 2, idempotencyKeys: 0 });
    expect(await shown(person)).toEqual([young, endless].sort());
    expect(await shown(other)).toEqual([]);
    await expect(bench.as(person, () => runs.events({ id: old, after: 0, limit: 5 }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await purge.purge()).toEqual({ runs: 0, idempotencyKeys: 0 });
    await bench.as(person, () => runs.cancel(endless));
    await bench.ended(person, endless);
  });

  it('leaves no row anywhere that names a removed run', async () => {
    const person = await bench.signIn();
    const id = await finished(person);
    expect(await rowsNaming(bench.databaseUrl, id)).toEqual(
      expect.arrayContaining(['run_nodes', 'run_events', 'statements', 'runs', 'step_outcomes']),
    );
    await age(person, id, 91);
    await purge.purge();
    expect(await rowsNaming(bench.databaseUrl, id)).toEqual([]);
  });

  it("goes by the tenant's own time where it has decided one", async () => {
    const person = await bench.signIn();
    const id = await finished(person);
    await age(person, id, 8);
    const limits = new TenantLimitsStore(bench.service.get<Redis>(REDIS));
    await limits.save(person.tenantId, 1, { runRetentionDays: 7 });
    expect(await purge.purge()).toMatchObject({ runs: 1 });
    expect(await shown(person)).toEqual([]);
  });

  it("goes by the tenant's own time where Redis has lost its copy of it", async () => {
    const person = await bench.signIn();
    const id = await finished(person);
    await age(person, id, 200);
    bench.credentials.limits.set(person.tenantId, { runRetentionDays: 365 });
    expect(await purge.purge()).toEqual({ runs: 0, idempotencyKeys: 0 });
    expect(await shown(person)).toEqual([id]);
  });

  it('leaves a tenant for the next time where nobody can say how long it keeps runs, and goes on with the others', async () => {
    const [person, other] = [await bench.signIn(), await bench.signIn()];
    const [id, others] = [await finished(person), await finished(other)];
    await age(person, id, 200);
    await age(other, others, 200);
    bench.credentials.limits.set(person.tenantId, new AppError('UNAVAILABLE', 'Auth is away.'));
    expect(await purge.purge()).toMatchObject({ runs: 1 });
    expect(await shown(person)).toEqual([id]);
    bench.credentials.limits.delete(person.tenantId);
    expect(await purge.purge()).toMatchObject({ runs: 1 });
    expect(await shown(person)).toEqual([]);
  });

  it('goes through as many batches as there are', async () => {
    const person = await bench.signIn();
    await store().statement(
      person.tenantId,
      sql`INSERT INTO workflow.runs (tenant_id, id, owner_id, session_id, correlation_id, status, context, sealed_plan,
            last_seq, created_at, finished_at)
          SELECT ${person.tenantId}, 'run_old' || n, ${person.userId}, 'ses', 'spec', 'succeeded', '{}', '', 1,
            now() - interval '100 days', now() - interval '99 days' FROM generate_series(1, 1203) n`,
    );
    expect(await purge.purge()).toMatchObject({ runs: 1_203 });
  });

  it('removes idempotency keys after a day', async () => {
    const person = await bench.signIn();
    for (const key of ['key-old', 'key-new']) await bench.ended(person, await start(person, 'quick', key));
    await store().statement(
      person.tenantId,
      sql`UPDATE workflow.idempotency_keys SET created_at = now() - interval '25 hours' WHERE key = 'key-old'`,
    );
    expect(await purge.purge()).toEqual({ runs: 0, idempotencyKeys: 1 });
    const left = await store().statement(person.tenantId, sql`SELECT key FROM workflow.idempotency_keys`);
    expect(left).toEqual([{ key: 'key-new' }]);
  });

  it('removes what drafting asked of models when runs of that age go', async () => {
    const person = await bench.signIn();
    await bench.ended(person, await start(person, 'quick'));
    for (const [id, days] of [
      ['mdl_old', 91],
      ['mdl_new', 89],
    ] as const) {
      await store().statement(
        person.tenantId,
        sql`INSERT INTO workflow.draft_calls (tenant_id, user_id, id, model, tokens, at)
            VALUES (${person.tenantId}, ${person.userId}, ${id}, 'm', 1, now() - ${days} * interval '1 day')`,
      );
    }
    await purge.purge();
    const left = await store().statement(person.tenantId, sql`SELECT id FROM workflow.draft_calls`);
    expect(left).toEqual([{ id: 'mdl_new' }]);
  });

  it('thins autosaved revisions out to one an hour, and leaves what somebody named, published or ran', async () => {
    const person = await bench.signIn();
    const saves = bench.service.get(WorkflowsService);
    let id = '';
    for (let revision = 0; revision < 7; revision += 1) {
      const definition = { ...twoSteps('quick'), description: String(revision) };
      const request = id === '' ? { definition } : { id, revision, definition };
      ({ id } = await bench.as(person, () => saves.save(request)));
    }
    await store().statement(
      person.tenantId,
      sql`UPDATE workflow.revisions SET created_at = date_trunc('hour', now()) - interval '2 days' + revision * interval '1 second',
            message = CASE WHEN revision = 2 THEN 'Named' END, published_at = CASE WHEN revision = 3 THEN now() END
          WHERE workflow_id = ${id}`,
    );
    await bench.ended(
      person,
      (await bench.as(person, () => bench.service.get(RunStartService).start({ workflowId: id, revision: 4 }))).runId,
    );
    await purge.purge();
    const left = await store().statement(
      person.tenantId,
      sql`SELECT revision FROM workflow.revisions ORDER BY revision`,
    );
    expect(left).toEqual([2, 3, 4, 7].map((revision) => ({ revision })));
  });

  it('keeps what somebody else saved in between: by that is known whose work a revision is', async () => {
    const person = await bench.signIn();
    const saves = bench.service.get(WorkflowsService);
    let id = '';
    for (let revision = 0; revision < 6; revision += 1) {
      const definition = { ...twoSteps('quick'), description: String(revision) };
      const request = id === '' ? { definition } : { id, revision, definition };
      ({ id } = await bench.as(person, () => saves.save(request)));
    }
    await store().statement(
      person.tenantId,
      sql`UPDATE workflow.revisions SET created_at = date_trunc('hour', now()) - interval '2 days' + revision * interval '1 second',
            author_id = CASE WHEN revision IN (3, 4) THEN 'usr_other' ELSE author_id END
          WHERE workflow_id = ${id}`,
    );
    await purge.purge();
    const left = await store().statement(
      person.tenantId,
      sql`SELECT revision FROM workflow.revisions ORDER BY revision`,
    );
    expect(left).toEqual([2, 4, 6].map((revision) => ({ revision })));
  });

  it('leaves a revision that is published at the moment it would go', async () => {
    const person = await bench.signIn();
    const saves = bench.service.get(WorkflowsService);
    const { id } = await bench.as(person, () => saves.save({ definition: twoSteps('quick') }));
    const definition = { ...twoSteps('quick'), description: 'Later' };
    await bench.as(person, () => saves.save({ id, revision: 1, definition }));
    await store().statement(
      person.tenantId,
      sql`UPDATE workflow.revisions SET created_at = date_trunc('hour', now()) - interval '2 days' WHERE workflow_id = ${id}`,
    );
    const publisher = new Client({ connectionString: bench.databaseUrl });
    await publisher.connect();
    await publisher.query('BEGIN');
    await publisher.query(
      'UPDATE workflow.revisions SET published_at = now() WHERE workflow_id = $1 AND revision = 1',
      [id],
    );
    const purged = purge.purge();
    await waits(publisher);
    await publisher.query('COMMIT');
    await purged;
    await publisher.end();
    expect(await bench.as(person, () => bench.service.get(RevisionsService).get({ id, revision: 1 }))).toMatchObject({
      revision: 1,
    });
  });

  it('empties the trash of what is in it for a month', async () => {
    const person = await bench.signIn();
    const saves = bench.service.get(WorkflowsService);
    const inTrash = async (days: number) => {
      const { id } = await bench.as(person, () => saves.save({ definition: twoSteps('quick') }));
      await bench.as(person, () => bench.service.get(TrashService).remove({ id }));
      await store().statement(
        person.tenantId,
        sql`UPDATE workflow.workflows SET trashed_at = now() - ${days} * interval '1 day' WHERE id = ${id}`,
      );
      return id;
    };
    const [, young] = [await inTrash(31), await inTrash(29)];
    await purge.purge();
    const { items } = await bench.as(person, () => saves.list({ trash: 'true' }));
    expect(items.map(({ id }) => id)).toEqual([young]);
  });

  it('is done by one replica at a time', async () => {
    const another = await bench.startWorker();
    const both = await Promise.all([purge.purge(), another.get(Purge).purge(), purge.purge()]);
    expect(both.filter((purged) => purged !== undefined).length).toBeGreaterThan(0);
    const holder = new Client({ connectionString: bench.databaseUrl });
    await holder.connect();
    await holder.query('SELECT pg_advisory_lock(5190419)');
    expect(await another.get(Purge).purge()).toBeUndefined();
    await holder.end();
  });
});

/** Until somebody waits for a lock. */
async function waits(client: Client): Promise<void> {
  for (const giveUpAt = Date.now() + 10_000; Date.now() < giveUpAt; await new Promise((go) => setTimeout(go, 20))) {
    const { rowCount } = await client.query('SELECT 1 FROM pg_locks WHERE NOT granted');
    if (rowCount) return;
  }
  throw new Error('Nobody came to wait');
}

/** The tables in which any column holds the id. */
async function rowsNaming(url: string, id: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ schema: string; name: string }>(
      `SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname LIKE 'workflow%'`,
    );
    const found: string[] = [];
    for (const { schema, name } of tables.rows) {
      const { rowCount } = await client.query(
        `SELECT 1 FROM "${schema}"."${name}" x WHERE x::text LIKE '%' || $1 || '%' LIMIT 1`,
        [id],
      );
      if (rowCount) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
}
