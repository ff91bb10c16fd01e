import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { HeldTag } from '@snowflow/contracts/workflow/outside.dto';
import type { Note } from '../audit/change-log';
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

  /** Saves of a tenant go one after the other, so that each notes what it found. */
  async save(tenantId: string, tags: readonly HeldTag[], note: Note<HeldTag[]>): Promise<void> {
    await this.store.transaction(tenantId, async (db) => {
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`held-tags ${tenantId}`}, 0))`.execute(db);
      const { rows } = await sql<{ tags: HeldTag[] }>`SELECT tags FROM workflow.held_tags`.execute(db);
      await sql`
        INSERT INTO workflow.held_tags (tenant_id, tags) VALUES (${tenantId}, ${JSON.stringify(tags)}::json)
        ON CONFLICT (tenant_id) DO UPDATE SET tags = excluded.tags, updated_at = now()`.execute(db);
      await note(db, rows[0]?.tags ?? []);
    });
  }
}
