import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { OutsideHost } from '@snowflow/contracts/workflow/outside.dto';
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

  async save(tenantId: string, hosts: readonly OutsideHost[]): Promise<void> {
    await this.store.statement(
      tenantId,
      sql`
        INSERT INTO workflow.outside_hosts (tenant_id, hosts) VALUES (${tenantId}, ${JSON.stringify(hosts)}::json)
        ON CONFLICT (tenant_id) DO UPDATE SET hosts = excluded.hosts, updated_at = now()`,
    );
  }
}
