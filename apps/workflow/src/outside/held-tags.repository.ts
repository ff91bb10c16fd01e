import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { HeldTag } from '@snowflow/contracts/workflow/outside.dto';
import { WorkflowStore } from '../database/workflow-store';

/** The tags whose columns never leave each tenant. */
@Injectable()
export class HeldTagsRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** None where the tenant has said nothing. */
  async of(tenantId: string): Promise<HeldTag[]> {
    const rows = await this.store.statement(
      tenantId,
      sql<{ tags: HeldTag[] }>`SELECT tags FROM workflow.held_tags WHERE tenant_id = ${tenantId}`,
    );
    return rows[0]?.tags ?? [];
  }

  async save(tenantId: string, tags: readonly HeldTag[]): Promise<void> {
    await this.store.statement(
      tenantId,
      sql`
        INSERT INTO workflow.held_tags (tenant_id, tags) VALUES (${tenantId}, ${JSON.stringify(tags)}::json)
        ON CONFLICT (tenant_id) DO UPDATE SET tags = excluded.tags, updated_at = now()`,
    );
  }
}
