import { Injectable } from '@nestjs/common';
import type { SourceUsesQuery } from '@snowflow/contracts/workflow/source-use.dto';
import { sql, type Kysely } from 'kysely';
import type { PageEnd } from '../database/page-cursor';
import type { WorkflowDatabase } from '../database/workflow-database';
import type { Owner } from './workflows.repository';

export interface SourceUse {
  id: string;
  name: string;
  revision: number;
  updated_at: Date;
}

@Injectable()
export class SourceUsesRepository {
  /**
   * Workflows that name a source in a node's settings. A document with a NUL in it is passed over: Postgres reads no field of it, and no
   * object of Snowflake can have it in its name.
   */
  async list(
    db: Kysely<WorkflowDatabase>,
    owner: Owner,
    { database, schema, name }: SourceUsesQuery,
    page: { after?: PageEnd; limit: number },
  ): Promise<SourceUse[]> {
    const behind = page.after ? sql`AND (w.updated_at, w.id) < (${page.after.at}, ${page.after.id})` : sql``;
    const { rows } = await sql<SourceUse>`
      SELECT w.id, w.name, w.revision, w.updated_at
      FROM workflow.workflows w
      WHERE w.owner_id = ${owner.userId} ${behind} AND EXISTS (
        SELECT 1 FROM workflow.revisions r
        WHERE r.workflow_id = w.id AND r.revision IN (w.revision, w.published)
          AND CASE WHEN strpos(r.definition::text, '\\u0000') > 0 THEN false ELSE EXISTS (
            SELECT 1 FROM json_array_elements(r.definition -> 'nodes') node
            WHERE node -> 'config' ->> 'database' = ${database}
              AND node -> 'config' ->> 'schema' = ${schema}
              AND node -> 'config' ->> 'table' = ${name}
          ) END
      )
      ORDER BY w.updated_at DESC, w.id DESC
      LIMIT ${page.limit}`.execute(db);
    return rows;
  }
}
