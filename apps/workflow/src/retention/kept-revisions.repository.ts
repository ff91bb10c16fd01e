import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';

/** What autosave leaves behind, and what its owners threw away. Numbers of revisions never change. */
@Injectable()
export class KeptRevisionsRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Every table whose rows name a revision of a workflow, as the database has them: one that is added later is not forgotten. */
  async naming(): Promise<string[]> {
    const { rows } = await sql<{ table: string }>`
      SELECT table_name AS "table" FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
      WHERE table_type = 'BASE TABLE' AND table_schema = 'workflow' AND table_name <> 'revisions'
      GROUP BY table_name HAVING bool_or(column_name = 'workflow_id') AND bool_or(column_name = 'revision')`.execute(
      this.store.acrossTenants,
    );
    return rows.map(({ table }) => table);
  }

  /**
   * Removes up to `limit` revisions that nobody named, published or refers to and that are older than a day, where the one after it is of
   * the same hour and author: that somebody else had a hand in what stands there now stays to be seen, for others agree to run it by that.
   * A workflow that another one's document names keeps all of its revisions: any of them may be called.
   */
  async thinOut(tenantId: string, limit: number, naming: readonly string[]): Promise<number> {
    const named = naming.map(
      (table) =>
        sql`AND NOT EXISTS (SELECT 1 FROM ${sql.id('workflow', table)} other
          WHERE other.workflow_id = old.workflow_id AND other.revision = old.revision)`,
    );
    const rows = await this.store.statement(
      tenantId,
      sql`
        WITH old AS (
          SELECT r.workflow_id, r.revision
          FROM workflow.revisions r JOIN workflow.workflows w ON w.id = r.workflow_id
          WHERE r.created_at < now() - interval '1 day' AND r.message IS NULL AND r.published_at IS NULL
            AND r.revision <> w.revision AND r.revision IS DISTINCT FROM w.published
            AND EXISTS (
              SELECT 1 FROM (
                SELECT later.author_id, later.created_at FROM workflow.revisions later
                WHERE later.workflow_id = r.workflow_id AND later.revision > r.revision ORDER BY later.revision LIMIT 1
              ) next
              WHERE next.author_id IS NOT DISTINCT FROM r.author_id
                AND date_trunc('hour', next.created_at) = date_trunc('hour', r.created_at))
        ), called AS (
          SELECT DISTINCT (regexp_matches(r.definition::text, '"workflowId"\\s*:\\s*"(wf_[A-Za-z0-9]+)"', 'g'))[1] AS id
          FROM workflow.revisions r WHERE EXISTS (SELECT 1 FROM old)
        )
        DELETE FROM workflow.revisions gone WHERE (gone.workflow_id, gone.revision) IN (
          SELECT old.workflow_id, old.revision FROM old
          WHERE old.workflow_id NOT IN (SELECT id FROM called) ${sql.join(named, sql` `)} LIMIT ${limit})
          -- Looked at again where somebody names or publishes it at this very moment.
          AND gone.message IS NULL AND gone.published_at IS NULL
        RETURNING gone.revision`,
    );
    return rows.length;
  }

  /** Removes up to `limit` workflows that are in the trash for so many days, with their revisions. */
  async emptyTrash(tenantId: string, days: number, limit: number): Promise<number> {
    const rows = await this.store.statement(
      tenantId,
      sql`
        WITH gone AS (
          DELETE FROM workflow.workflows WHERE trashed_at < now() - ${days} * interval '1 day' AND id IN (
            SELECT id FROM workflow.workflows WHERE trashed_at < now() - ${days} * interval '1 day' LIMIT ${limit})
          RETURNING id
        ), publications AS (
          DELETE FROM workflow.publications WHERE workflow_id IN (SELECT id FROM gone)
        )
        SELECT id FROM gone`,
    );
    return rows.length;
  }
}
