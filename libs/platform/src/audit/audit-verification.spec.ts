import type { AuditEntry } from '@snowflow/contracts/audit/audit-entry';
import type { AuditRequest } from '@snowflow/contracts/audit/audit.dto';
import { type EphemeralDatabase, startPostgres } from '@snowflow/testing/ephemeral-postgres';
import type { Kysely } from 'kysely';
import { Client } from 'pg';
import { migrate } from '../postgres/migrate';
import { connect } from '../postgres/postgres.module';
import { TenantDatabase } from '../postgres/tenant-database';
import { auditHash } from './audit-hash';
import { AuditReader } from './audit-reader';
import { auditMigration } from './audit-tables';
import { AuditTrail } from './audit-trail';
import { AuditWalk } from './audit-walk';

const change = (which: Partial<AuditEntry> = {}): AuditEntry => ({
  actor: { kind: 'person', id: 'usr_1', name: 'DEMO' },
  action: 'workflow.saved',
  object: { kind: 'workflow', id: 'wf_1', name: 'Revenue' },
  before: { revision: 1 },
  after: { revision: 2 },
  correlationId: 'c-1',
  ...which,
});

describe('The audit log, read and verified', () => {
  let server: EphemeralDatabase;
  let database: Kysely<unknown>;
  let tenants: TenantDatabase;
  let owner: Client;
  let tenantId: string;
  let count = 0;
  const trail = new AuditTrail('noted');
  const reader = new AuditReader('noted');

  beforeAll(async () => {
    server = await startPostgres();
    await migrate({ url: server.url, schema: 'noted', migrations: { '1-audit': auditMigration('noted') } });
    database = connect({ url: server.url, applicationName: 'audit', poolSize: 8 });
    tenants = new TenantDatabase(database);
    owner = new Client({ connectionString: server.url });
    await owner.connect();
  });
  afterAll(async () => {
    await owner?.end();
    await database?.destroy();
    await server?.stop();
  });
  beforeEach(() => {
    count += 1;
    tenantId = `ten_${count}`;
  });

  const record = (entry = change()) => tenants.transaction(tenantId, (db) => trail.record(db, tenantId, entry));
  const recordMany = async (many: number) => {
    for (let left = many; left > 0; left -= 1) await record();
  };
  const page = (request: Partial<AuditRequest> = {}) =>
    tenants.transaction(tenantId, (db) => reader.page(db, tenantId, { limit: 50, ...request }));
  const verify = async (stretch = 3) => {
    const walk = new AuditWalk('noted', stretch);
    let at = await tenants.transaction(tenantId, (db) => walk.verify(db, tenantId, {}));
    while (!at.ended) {
      const from = at;
      at = await tenants.transaction(tenantId, (db) => walk.verify(db, tenantId, from));
    }
    return at;
  };
  /** The superuser of an own server is bound by no row-level security. */
  const asOwner = (statement: string) => owner.query(statement, [tenantId]);
  const seqsWith = async (fault: string) =>
    (await page()).entries.filter((entry) => entry.fault === fault).map(({ seq }) => seq);

  it('is whole as it was written, over any number of stretches', async () => {
    expect(await verify()).toEqual({ seq: 0, hash: '', ended: true, broken: null });
    await recordMany(7);
    const { entries, endHolds, head } = await page();
    expect(entries.map(({ seq, fault }) => [seq, fault])).toEqual([7, 6, 5, 4, 3, 2, 1].map((seq) => [seq, null]));
    expect(endHolds).toBe(true);
    for (const stretch of [1, 3, 7, 8]) expect(await verify(stretch)).toEqual({ ...head, ended: true, broken: null });
  });

  it('is read newest first, on behind a place, or oldest first', async () => {
    await recordMany(5);
    expect(await page({ limit: 2 })).toMatchObject({ entries: [{ seq: 5 }, { seq: 4 }], more: true });
    expect(await page({ before: 2 })).toMatchObject({ entries: [{ seq: 1 }], more: false });
    const onward = await page({ after: 2 });
    expect(onward.entries.map(({ seq }) => seq)).toEqual([3, 4, 5]);
  });

  it('is filtered by who, what, which thing, when and in which request', async () => {
    await record(change({ actor: { kind: 'key', id: 'sfk_9', name: 'Nightly' }, correlationId: 'c-9' }));
    await record(
      change({ action: 'workflow.removed', object: { kind: 'workflow', id: 'wf_2', name: '100% _Sales_' } }),
    );
    await record(change({ action: 'workflows.other', object: { kind: 'member', id: 'usr_2', name: 'ANN' } }));
    const seqs = async (filters: Partial<AuditRequest>) => (await page(filters)).entries.map(({ seq }) => seq);
    expect(await seqs({ actor: 'night' })).toEqual([1]);
    expect(await seqs({ actor: 'sfk_9' })).toEqual([1]);
    expect(await seqs({ actor: 'sfk' })).toEqual([]);
    expect(await seqs({ action: 'workflow' })).toEqual([2, 1]);
    expect(await seqs({ action: 'workflow.' })).toEqual([2, 1]);
    expect(await seqs({ action: 'workflow.removed' })).toEqual([2]);
    expect(await seqs({ objectKind: 'member' })).toEqual([3]);
    expect(await seqs({ objectId: 'wf_2' })).toEqual([2]);
    expect(await seqs({ search: '% _sal' })).toEqual([2]);
    expect(await seqs({ correlationId: 'c-9' })).toEqual([1]);
    expect(await seqs({ from: '2000-01-01', to: '2999-01-01T00:00:00Z' })).toEqual([3, 2, 1]);
    expect(await seqs({ to: '2000-01-01' })).toEqual([]);
    await expect(page({ from: 'yesterday' })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('holds names that Postgres would not, and says so much only', async () => {
    const name = `half \ud83d, nothing \0, and ${'long '.repeat(100)}`;
    const rules = Array.from({ length: 5_000 }, (_, index) => `DB_${index}`);
    await record(change({ object: { kind: 'workflow', id: 'wf_1', name }, after: { note: '\ud800\0', rules } }));
    await record(change({ after: { note: '\ud800\0' } }));
    const { entries } = await page();
    expect(entries).toMatchObject([
      { fault: null, after: { note: '\ud800\0' } },
      { fault: null, after: { sha256: expect.any(String) } },
    ]);
    expect(entries[1]?.object.name).toHaveLength(255);
    expect((await verify()).broken).toBeNull();
  });

  it.each([
    ['who did it', `actor_name = 'ANOTHER'`],
    ['what it was', `action = 'workflow.published'`],
    ['which thing', `object_id = 'wf_9'`],
    ['when', `at = at - interval '1 millisecond'`],
    ['before', `before = NULL`],
    ['after', `after = '{"revision":3}'`],
    ['after, to what is no JSON', `after = 'gone'`],
    ['the request', `correlation_id = 'c-2'`],
    ['its hash', `hash = 'AAAA'`],
  ])('tells an entry that the database owner changed: %s', async (_what, assignment) => {
    await recordMany(5);
    await asOwner(`UPDATE noted.audit_entries SET ${assignment} WHERE tenant_id = $1 AND seq = 3`);
    expect((await verify()).broken).toEqual({ seq: 3, fault: 'changed' });
    expect(await seqsWith('changed')).toEqual([3]);
  });

  it('tells an entry that was changed and hashed anew, by the ones beside it', async () => {
    await recordMany(5);
    const forge = async (seq: number) => {
      const [entry] = (await page({ after: seq - 1, limit: 1 })).entries;
      if (!entry) throw new Error('There are five');
      const { before, after, at, actor, ...said } = entry;
      const forged = {
        ...said,
        at: new Date(at),
        actor: { ...actor, name: 'X' },
        before: before ?? {},
        after: after ?? {},
      };
      const hash = auditHash(tenantId, forged);
      await asOwner(
        `UPDATE noted.audit_entries SET actor_name = 'X', hash = '${hash}' WHERE tenant_id = $1 AND seq = ${seq}`,
      );
    };
    await forge(3);
    expect((await verify()).broken).toEqual({ seq: 4, fault: 'unlinked' });
    expect(await seqsWith('unlinked')).toEqual([4, 3]);
    await forge(5);
    expect(await seqsWith('unlinked')).toEqual([5, 4, 3]);
  });

  it('tells an entry that the database owner removed', async () => {
    await recordMany(5);
    await asOwner('DELETE FROM noted.audit_entries WHERE tenant_id = $1 AND seq = 3');
    expect((await verify()).broken).toEqual({ seq: 3, fault: 'missing' });
    expect(await seqsWith('unlinked')).toEqual([4, 2]);
  });

  it('tells an end that the database owner cut off, all of it too', async () => {
    await recordMany(5);
    await asOwner('DELETE FROM noted.audit_entries WHERE tenant_id = $1 AND seq >= 4');
    expect((await verify()).broken).toEqual({ seq: 4, fault: 'cut-off' });
    expect(await page()).toMatchObject({ endHolds: false, entries: [{ seq: 3, fault: 'unlinked' }, {}, {}] });
    await asOwner('DELETE FROM noted.audit_entries WHERE tenant_id = $1');
    expect((await verify()).broken).toEqual({ seq: 1, fault: 'cut-off' });
    expect(await page()).toMatchObject({ endHolds: false, entries: [] });
  });

  it('tells a head that was set back or taken away', async () => {
    await recordMany(3);
    await asOwner('DELETE FROM noted.audit_heads WHERE tenant_id = $1');
    expect((await verify()).broken).toEqual({ seq: 3, fault: 'unlinked' });
    expect((await page()).endHolds).toBe(false);
  });

  it('finds nothing wrong while others write', async () => {
    const writing = recordMany(30);
    const faults: unknown[] = [];
    for (let reads = 0; reads < 15; reads += 1) {
      const { entries, endHolds } = await page();
      faults.push(...entries.filter(({ fault }) => fault), ...(endHolds ? [] : ['end']), (await verify()).broken);
    }
    await writing;
    expect(faults.filter((one) => one !== null)).toEqual([]);
  });
});
