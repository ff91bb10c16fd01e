import { Injectable } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';

/** What of a workflow was stopped: its schedules, and its publication. */
export interface Stopped {
  schedules: number;
  publications: number;
}

/** Whatever starts a workflow with nobody signed in: in the name, and with the credential, of who set it up. */
@Injectable()
export class UnattendedUsesRepository {
  /** Nothing of it starts any more until its owner sets it up anew. */
  async stop(
    db: Kysely<WorkflowDatabase>,
    workflowId: string,
    why: { code: string; reason: string },
  ): Promise<Stopped> {
    const { rows } = await sql<Stopped>`
      WITH clock AS (
        DELETE FROM workflow.schedule_clock
        WHERE schedule_id IN (SELECT id FROM workflow.schedules WHERE workflow_id = ${workflowId})
      ), schedules AS (
        UPDATE workflow.schedules
        SET enabled = false, paused_code = ${why.code}, paused_reason = ${why.reason}, paused_at = now()
        WHERE workflow_id = ${workflowId} AND enabled RETURNING id
      ), publications AS (
        UPDATE workflow.publications SET enabled = false WHERE workflow_id = ${workflowId} AND enabled RETURNING id
      )
      SELECT (SELECT count(*) FROM schedules)::integer AS schedules,
        (SELECT count(*) FROM publications)::integer AS publications`.execute(db);
    return rows[0] ?? { schedules: 0, publications: 0 };
  }
}
