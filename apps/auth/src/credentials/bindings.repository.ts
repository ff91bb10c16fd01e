import { Injectable } from '@nestjs/common';
import type { ProposeBindingBody } from '@snowflow/contracts/auth/credentials.dto';
import { newId } from '@snowflow/contracts/documents/new-id';
import { TenantDatabase } from '@snowflow/platform/postgres/tenant-database';
import { sql, Transaction } from 'kysely';
import type { Note } from '../audit/change-log';
import { AUTH_SCHEMA } from '../storage/migrations';
import type { BindingRow, CredentialTables } from './credentials.tables';

/** Exactly what a credential may be used for. */
export interface BindingTarget extends ProposeBindingBody {
  tenantId: string;
  credentialId: string;
}

/** Rights to use stored credentials. */
@Injectable()
export class BindingsRepository {
  constructor(private readonly database: TenantDatabase) {}

  listOf(tenantId: string, credentialIds: string[]): Promise<BindingRow[]> {
    if (credentialIds.length === 0) return Promise.resolve([]);
    return this.within(tenantId, (database) =>
      database
        .selectFrom('credential_bindings')
        .selectAll()
        .where('credential_id', 'in', credentialIds)
        .orderBy('proposed_at')
        .orderBy('id')
        .execute(),
    );
  }

  /** The one that was proposed or approved for this target and was not revoked. */
  findLive(target: BindingTarget): Promise<BindingRow | undefined> {
    return this.within(target.tenantId, (database) =>
      database
        .selectFrom('credential_bindings')
        .selectAll()
        .where('credential_id', '=', target.credentialId)
        .where('workflow_id', '=', target.workflowId)
        .where('revision_hash', '=', target.revisionHash)
        .where('role', '=', target.role)
        .where(sql<boolean>`warehouse IS NOT DISTINCT FROM ${target.warehouse}`)
        .where('state', '!=', 'revoked')
        .executeTakeFirst(),
    );
  }

  /** Proposing what is proposed or approved already changes nothing. */
  async propose(
    { tenantId, credentialId, workflowId, revisionHash, role, warehouse }: BindingTarget,
    by: string,
    note: Note<unknown>,
  ): Promise<void> {
    await this.within(tenantId, async (database) => {
      const proposed = await database
        .insertInto('credential_bindings')
        .values({
          tenant_id: tenantId,
          id: newId('bnd'),
          credential_id: credentialId,
          workflow_id: workflowId,
          revision_hash: revisionHash,
          role,
          warehouse,
          proposed_by: by,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      if (proposed) await note(database, undefined);
    });
  }

  /** Answers what the binding is then; undefined where there is none of this id. What was revoked stays so. */
  decide(
    tenantId: string,
    credentialId: string,
    id: string,
    state: 'approved' | 'revoked',
    note: Note<BindingRow>,
  ): Promise<BindingRow['state'] | undefined> {
    return this.within(tenantId, async (database) => {
      const decided = await database
        .updateTable('credential_bindings')
        .set(state === 'approved' ? { state, approved_at: sql<Date>`now()` } : { state })
        .where('id', '=', id)
        .where('credential_id', '=', credentialId)
        .where('state', 'in', state === 'approved' ? ['proposed'] : ['proposed', 'approved'])
        .returningAll()
        .executeTakeFirst();
      const row = await database
        .selectFrom('credential_bindings')
        .select('state')
        .where('id', '=', id)
        .where('credential_id', '=', credentialId)
        .executeTakeFirst();
      if (decided) await note(database, decided);
      return row?.state;
    });
  }

  private within<T>(tenantId: string, work: (database: Transaction<CredentialTables>) => Promise<T>): Promise<T> {
    return this.database.transaction(tenantId, (transaction) =>
      work(transaction.withTables<CredentialTables>().withSchema(AUTH_SCHEMA) as Transaction<CredentialTables>),
    );
  }
}
