import { Injectable } from '@nestjs/common';
import { sql, type Kysely, type Selectable } from 'kysely';
import type { Note } from '../audit/change-log';
import type { WebhookKeysTable, WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';

export type WebhookKeyRow = Selectable<WebhookKeysTable>;

/** A key that is to become the newest. */
type NewKey = Pick<WebhookKeyRow, 'tenant_id' | 'id' | 'sealed_key'>;

/** The keys of tenants' webhooks: one is the newest, and one before it may be valid for a while. */
@Injectable()
export class WebhookKeysRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Those that are valid, the newest first. */
  async valid(tenantId: string): Promise<WebhookKeyRow[]> {
    return this.store.transaction(tenantId, validKeys);
  }

  /** Makes the key the tenant's first, unless another was first; answers those that are valid. */
  async begin(key: NewKey): Promise<WebhookKeyRow[]> {
    return this.store.transaction(key.tenant_id, async (db) => {
      await db
        .insertInto('workflow.webhook_keys')
        .values({ ...key, retires_at: null })
        .onConflict((conflict) => conflict.column('tenant_id').where('retires_at', 'is', null).doNothing())
        .execute();
      return validKeys(db);
    });
  }

  /** Makes the key the newest; the one before it stays valid for a while, older ones end. */
  async rotate(key: NewKey, overlapMs: number, note: Note<unknown>): Promise<WebhookKeyRow[]> {
    return this.store.transaction(key.tenant_id, async (db) => {
      // Two that rotate at once go one after the other.
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`webhook-keys ${key.tenant_id}`}, 0))`.execute(db);
      await db.deleteFrom('workflow.webhook_keys').where('retires_at', 'is not', null).execute();
      await db
        .updateTable('workflow.webhook_keys')
        .set({ retires_at: sql`now() + ${overlapMs} * interval '1 millisecond'` })
        .execute();
      await db
        .insertInto('workflow.webhook_keys')
        .values({ ...key, retires_at: null })
        .execute();
      const valid = await validKeys(db);
      await note(db, undefined);
      return valid;
    });
  }
}

function validKeys(db: Kysely<WorkflowDatabase>): Promise<WebhookKeyRow[]> {
  return db
    .selectFrom('workflow.webhook_keys')
    .selectAll()
    .where((where) => where.or([where('retires_at', 'is', null), where('retires_at', '>', sql<Date>`now()`)]))
    .orderBy(sql`retires_at IS NULL`, 'desc')
    .execute();
}
