import { Injectable } from '@nestjs/common';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { PublishDecision } from '@snowflow/contracts/workflow/publish-request.dto';
import type { PublishRequestsTable } from '../consent/consent.tables';
import type { WorkflowDatabase } from '../database/workflow-database';

export type PublishRequestRow = Selectable<PublishRequestsTable>;

/** Who asked for which revision to be published, and what was said. */
@Injectable()
export class PublishRequestsRepository {
  /** The one that waits already, where there is one. */
  async ask(
    db: Kysely<WorkflowDatabase>,
    row: Omit<PublishRequestRow, 'asked_at' | 'decision' | 'decided_by_name' | 'decided_at' | 'reason'>,
  ): Promise<{ row: PublishRequestRow; isNew: boolean }> {
    const [inserted] = await db
      .insertInto('workflow.publish_requests')
      .values({ ...row, asked_at: sql<Date>`now()` })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .execute();
    if (inserted) return { row: inserted, isNew: true };
    const waiting = await db
      .selectFrom('workflow.publish_requests')
      .selectAll()
      .where('workflow_id', '=', row.workflow_id)
      .where('revision', '=', row.revision)
      .where('decision', 'is', null)
      .executeTakeFirstOrThrow();
    return { row: waiting, isNew: false };
  }

  find(db: Kysely<WorkflowDatabase>, id: string): Promise<PublishRequestRow | undefined> {
    const query = db.selectFrom('workflow.publish_requests').selectAll();
    return query.where('id', '=', id).forUpdate().executeTakeFirst();
  }

  /** Those that wait first, then the newest; with `askedBy` that person's own. */
  list(db: Kysely<WorkflowDatabase>, askedBy: string | undefined, atMost: number): Promise<PublishRequestRow[]> {
    const query = db.selectFrom('workflow.publish_requests').selectAll();
    const own = askedBy === undefined ? query : query.where('asked_by', '=', askedBy);
    return own
      .orderBy(sql`decision IS NOT NULL`)
      .orderBy('asked_at', 'desc')
      .orderBy('id')
      .limit(atMost)
      .execute();
  }

  decide(
    db: Kysely<WorkflowDatabase>,
    id: string,
    { decision, reason }: { decision: PublishDecision; reason: string | null },
    by: string,
  ): Promise<PublishRequestRow> {
    return db
      .updateTable('workflow.publish_requests')
      .set({ decision, reason, decided_by_name: by, decided_at: sql<Date>`now()` })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  }

  /** What was last said to a revision. */
  async lastDecision(db: Kysely<WorkflowDatabase>, workflowId: string, revision: number) {
    const row = await db
      .selectFrom('workflow.publish_requests')
      .select('decision')
      .where('workflow_id', '=', workflowId)
      .where('revision', '=', revision)
      .where('decision', 'is not', null)
      .orderBy('decided_at', 'desc')
      .executeTakeFirst();
    return row?.decision ?? undefined;
  }
}
