import { Injectable } from '@nestjs/common';
import type { Selectable } from 'kysely';
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

  async add({ hosts, ...row }: Omit<OutsideCredentialRow, 'created_at'>): Promise<OutsideCredentialRow> {
    return this.store.transaction(row.tenant_id, (db) =>
      db
        .insertInto('workflow.outside_credentials')
        .values({ ...row, hosts: JSON.stringify(hosts) })
        .returningAll()
        .executeTakeFirstOrThrow(),
    );
  }

  /** False where there was none. */
  async remove(tenantId: string, id: string): Promise<boolean> {
    const { numDeletedRows } = await this.store.transaction(tenantId, (db) =>
      db.deleteFrom('workflow.outside_credentials').where('id', '=', id).executeTakeFirst(),
    );
    return numDeletedRows > 0n;
  }
}
