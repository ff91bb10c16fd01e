import { Injectable } from '@nestjs/common';
import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import type { SourceUsesQuery } from '@snowflow/contracts/workflow/source-use.dto';
import { sql, type Kysely } from 'kysely';
import type { PageEnd } from '../database/page-cursor';
import type { WorkflowDatabase } from '../database/workflow-database';
import { type Viewer, visibleTo } from '../sharing/visible-workflows.sql';

/** A workflow that may use a source. */
export interface PossibleUse {
  id: string;
  name: string;
  revision: number;
  updated_at: Date;
  /** A node's settings name the source. */
  named: boolean;
  /** SQL that names something called like it, with the parameters of its workflow. */
  texts: { sql: string; parameters: WorkflowParameter[] | null }[];
}

@Injectable()
export class SourceUsesRepository {
  /**
   * Workflows that name a source in a node's settings, or its last name in SQL. A document with a NUL in it is passed over: Postgres reads no
   * field of it, and no object of Snowflake can have it in its name.
   */
  async list(
    db: Kysely<WorkflowDatabase>,
    viewer: Viewer,
    { database, schema, name }: SourceUsesQuery,
    page: { after?: PageEnd; limit: number },
  ): Promise<PossibleUse[]> {
    const behind = page.after ? sql`AND (w.updated_at, w.id) < (${page.after.at}, ${page.after.id})` : sql``;
    const { rows } = await sql<PossibleUse>`
      SELECT w.id, w.name, w.revision, w.updated_at, bool_or(found.named) AS named,
        coalesce(json_agg(json_build_object('sql', found.text, 'parameters', found.parameters))
          FILTER (WHERE NOT found.named), '[]') AS texts
      FROM workflow.workflows w
      JOIN workflow.revisions r ON r.workflow_id = w.id AND r.revision IN (w.revision, w.published)
      CROSS JOIN LATERAL (
        SELECT n.named, n.text, r.definition -> 'parameters' AS parameters
        FROM (
          SELECT node -> 'config' ->> 'sql' AS text,
            coalesce(node -> 'config' ->> 'database' = ${database}
              AND node -> 'config' ->> 'schema' = ${schema}
              AND node -> 'config' ->> 'table' = ${name}, false) AS named
          FROM json_array_elements(
            CASE WHEN strpos(r.definition::text, '\\u0000') > 0 THEN '[]' ELSE r.definition -> 'nodes' END
          ) node
        ) n
        WHERE n.named OR strpos(upper(n.text), upper(${name})) > 0
      ) found
      WHERE ${visibleTo(viewer, 'view')} ${behind}
      GROUP BY w.id, w.name, w.revision, w.updated_at
      ORDER BY w.updated_at DESC, w.id DESC
      LIMIT ${page.limit}`.execute(db);
    return rows;
  }
}
