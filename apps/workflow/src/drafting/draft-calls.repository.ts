import { Injectable } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import type { Owner } from '../workflows/workflows.repository';

/** What drafting asks of models, in numbers: no word of it rests here. */
@Injectable()
export class DraftCallsRepository {
  constructor(private readonly store: WorkflowStore) {}

  async begin({ tenantId, userId }: Owner, model: string, tokens: number): Promise<string> {
    const id = newId('mdl');
    await this.store.statement(
      tenantId,
      sql`
        INSERT INTO workflow.draft_calls (tenant_id, user_id, id, model, tokens)
        VALUES (${tenantId}, ${userId}, ${id}, ${model}, ${tokens}::integer)`,
    );
    return id;
  }

  async end({ tenantId }: Owner, id: string, tokens: number): Promise<void> {
    await this.store.statement(
      tenantId,
      sql`UPDATE workflow.draft_calls SET tokens = ${tokens}, ended = true WHERE id = ${id}`,
    );
  }
}
