import { Injectable } from '@nestjs/common';
import type { Selectable } from 'kysely';
import type { Note } from '../audit/change-log';
import type { OutsideCredentialsTable } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';

export type OutsideCredentialRow = Selectable<OutsideCredentialsTable>;

/** What tenants say who they are with, outside. */
@Injectable()
export class OutsideCredentialsRepository {
  constructor(private readonly store: WorkflowStore) {}

  async list(tenantId: string): Promise<OutsideCredentialRow[]> {
    return this.store.transaction(tenantId, (db) =>
      db.selectFrom('workflow.outside_credentials').selectAll().orderBy('created_at').orderBy('id').execute(),
    );
  }

  async find(tenantId: string, id: string): Promise<OutsideCredentialRow | undefined> {
    return this.store.transaction(tenantId, (db) =>
      db.selectFrom('workflow.outside_credentials').selectAll().where('id', '=', id).executeTakeFirst(),
    );
  }

  async add(
    { hosts, ...row }: Omit<OutsideCredentialRow, 'created_at'>,
    note: Note<unknown>,
  ): Promise<OutsideCredentialRow> {
    return this.store.transaction(row.tenant_id, async (db) => {
      const added = await db
        .insertInto('workflow.outside_credentials')
        .values({ ...row, hosts: JSON.stringify(hosts) })
        .returningAll()
        .executeTakeFirstOrThrow();
      await note(db, undefined);
      return added;
    });
  }

  /** False where there was none. */
  async remove(tenantId: string, id: string, note: Note<OutsideCredentialRow>): Promise<boolean> {
    return this.store.transaction(tenantId, async (db) => {
      const removed = await db
        .deleteFrom('workflow.outside_credentials')
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst();
      if (removed) await note(db, removed);
      return removed !== undefined;
    });
  }
}
