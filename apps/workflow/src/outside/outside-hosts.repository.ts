import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { OutsideHost } from '@snowflow/contracts/workflow/outside.dto';
import type { Note } from '../audit/change-log';
import { WorkflowStore } from '../database/workflow-store';

/** The hosts that each tenant's workflows may call. */
@Injectable()
export class OutsideHostsRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** None where the tenant has said nothing. */
  async of(tenantId: string): Promise<OutsideHost[]> {
    const rows = await this.store.statement(
      tenantId,
      sql<{ hosts: OutsideHost[] }>`SELECT hosts FROM workflow.outside_hosts WHERE tenant_id = ${tenantId}`,
    );
    return rows[0]?.hosts ?? [];
  }

  /** Saves of a tenant go one after the other, so that each notes what it found. */
  async save(tenantId: string, hosts: readonly OutsideHost[], note: Note<OutsideHost[]>): Promise<void> {
    await this.store.transaction(tenantId, async (db) => {
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`outside-hosts ${tenantId}`}, 0))`.execute(db);
      const { rows } = await sql<{ hosts: OutsideHost[] }>`SELECT hosts FROM workflow.outside_hosts`.execute(db);
      await sql`
        INSERT INTO workflow.outside_hosts (tenant_id, hosts) VALUES (${tenantId}, ${JSON.stringify(hosts)}::json)
        ON CONFLICT (tenant_id) DO UPDATE SET hosts = excluded.hosts, updated_at = now()`.execute(db);
      await note(db, rows[0]?.hosts ?? []);
    });
  }
}
