import { Injectable } from '@nestjs/common';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';
import type { Owner } from '../workflows/workflows.repository';

/** Who wrote a revision, and everything that led to it. */
export interface Authorship {
  /** Somebody other than the asking person wrote it. */
  byOthers: boolean;
  /** Somebody other than the asking person wrote some revision up to it, or owns the workflow. */
  touchedByOthers: boolean;
}

@Injectable()
export class ConsentsRepository {
  /** A revision from before authors were noted is its owner's. Nothing where the tenant has no such revision. */
  authorship({ userId }: Owner, workflowId: string, revision: number): RawBuilder<Authorship> {
    return sql`
      SELECT
        bool_or(r.revision = ${revision} AND coalesce(r.author_id, w.owner_id) <> ${userId}) AS "byOthers",
        bool_or(coalesce(r.author_id, w.owner_id) <> ${userId} OR w.owner_id <> ${userId}) AS "touchedByOthers"
      FROM workflow.workflows w
      JOIN workflow.revisions r ON r.workflow_id = w.id AND r.revision <= ${revision}
      WHERE w.id = ${workflowId}
      HAVING count(*) > 0`;
  }

  /** The revisions for which the person has agreed to this very summary. */
  agreed({ userId }: Owner, workflowId: string, summaryHash: string): RawBuilder<{ revision: number }> {
    return sql`
      SELECT revision FROM workflow.consents
      WHERE user_id = ${userId} AND workflow_id = ${workflowId} AND summary_hash = ${summaryHash}`;
  }

  /** Answers false where it was agreed to before. */
  async insert(
    db: Kysely<WorkflowDatabase>,
    { tenantId, userId }: Owner,
    of: { workflowId: string; revision: number; summaryHash: string },
  ): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('workflow.consents')
      .values({
        tenant_id: tenantId,
        user_id: userId,
        workflow_id: of.workflowId,
        revision: of.revision,
        summary_hash: of.summaryHash,
        at: sql<Date>`now()`,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return (numInsertedOrUpdatedRows ?? 0n) > 0n;
  }
}
