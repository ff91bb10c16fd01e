import type { AuditEntry } from '@snowflow/contracts/audit/audit-entry';
import { type EphemeralDatabase, startPostgres } from '@snowflow/testing/ephemeral-postgres';
import { type Kysely, sql } from 'kysely';
import { migrate } from '../postgres/migrate';
import { connect } from '../postgres/postgres.module';
import { TenantDatabase } from '../postgres/tenant-database';
import { auditMigration } from './audit-tables';
import { AuditTrail } from './audit-trail';

const published: AuditEntry = {
  actor: { kind: 'person', id: 'usr_1', name: 'DEMO' },
  action: 'workflow.published',
  object: { kind: 'workflow', id: 'wf_1', name: 'Revenue' },
  before: { published: 1 },
  after: { published: 2 },
  correlationId: 'c-1',
};

describe('The audit trail', () => {
  let server: EphemeralDatabase;
  let database: Kysely<unknown>;
  let tenants: TenantDatabase;
  const trail = new AuditTrail('noted');

  beforeAll(async () => {
    server = await startPostgres();
    await migrate({ url: server.url, schema: 'noted', migrations: { '1-audit': auditMigration('noted') } });
    database = connect({ url: server.url, applicationName: 'audit', poolSize: 8 });
    tenants = new TenantDatabase(database);
  });
  afterAll(async () => {
    await database?.destroy();
    await server?.stop();
  });

  const chain = (tenantId: string) =>
    tenants.transaction(tenantId, async (db) => {
      const { rows } = await sql<{ seq: string; previous_hash: string; hash: string }>`
        SELECT seq, previous_hash, hash FROM noted.audit_entries ORDER BY seq`.execute(db);
      return rows;
    });

  it('chains the entries of a tenant one to the other, whoever writes at the same time', async () => {
    const record = () => tenants.transaction('ten_a', (db) => trail.record(db, 'ten_a', published));
    await Promise.all(Array.from({ length: 20 }, record));
    const entries = await chain('ten_a');
    expect(entries.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(entries.map(({ previous_hash }) => previous_hash)).toEqual([
      '',
      ...entries.slice(0, -1).map(({ hash }) => hash),
    ]);
    expect(new Set(entries.map(({ hash }) => hash)).size).toBe(20);
    expect(await chain('ten_b')).toEqual([]);
  });

  it('keeps nothing of a change that is not kept', async () => {
    const failing = tenants.transaction('ten_c', async (db) => {
      await trail.record(db, 'ten_c', published);
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    expect(await chain('ten_c')).toEqual([]);
  });

  it.each([
    'UPDATE noted.audit_entries SET actor_name = $$X$$',
    'DELETE FROM noted.audit_entries',
    'DELETE FROM noted.audit_heads',
  ])('lets no service say %s', async (statement) => {
    await expect(tenants.transaction('ten_a', (db) => sql.raw(statement).execute(db))).rejects.toThrow(
      'permission denied',
    );
  });
});
