import { Injectable } from '@nestjs/common';
import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely';
import type { RunStatus, RunTrigger, WaitsFor } from '@snowflow/contracts/runs/run-state';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { type RunPlaces, warehouseKey } from '../queue/run-places';
import type { PageEnd } from '../database/page-cursor';
import type {
  RunEventsTable,
  RunNodesTable,
  RunsTable,
  StatementsTable,
  WorkflowDatabase,
} from '../database/workflow-database';
import { detailedRun, type Owner, type Viewer, visibleRun } from '../sharing/visible-workflows.sql';
import type { StoredOutcome } from '../execution/sealed-outcome';
import type { TakenOver } from './earlier-run';

export type RunRow = Selectable<RunsTable>;

/** A run as its runner sees it, with what it waits for while it is queued. */
export type ShownRun = RunRow & { waits_for: WaitsFor | null };
/** `detailed`: who looks sees more than status and times. */
export type ListedRun = ShownRun & { detailed: boolean };
export type RunNodeRow = Selectable<RunNodesTable>;

/** Rows as json_agg gives them: times are texts. */
type Json<Row> = {
  [Column in keyof Row]: Row[Column] extends Date | null ? string | Extract<Row[Column], null> : Row[Column];
};
export type RunNodeJson = Json<RunNodeRow>;
/** A statement as its last try left it, over all tries. */
export type StatementJson = Json<Pick<Selectable<StatementsTable>, 'step' | 'query_id' | 'state' | 'stats'>> & {
  attempts: number;
};

/** Statements of a run, from the first to the last, and how many of those in called workflows are not among them. */
export interface StatementsJson {
  shown: StatementJson[];
  left_out: number;
}
export type RunEventJson = Json<Omit<Selectable<RunEventsTable>, 'tenant_id'>>;

export interface RunEventsPage {
  status: RunStatus;
  /** Who looks is who runs it. */
  is_own: boolean;
  last_seq: number;
  events: RunEventJson[];
}

/** Which runs a page shows, and where it begins. */
export interface RunsPage {
  workflowId?: string;
  statuses?: RunStatus[];
  from?: Date;
  to?: Date;
  after?: PageEnd;
  limit: number;
}

/** The key that called a publication. */
export interface RunCaller {
  publicationId: string;
  keyId: string;
}

/** A run as it is accepted. */
export interface NewRun extends Owner {
  id: string;
  ownerName: string;
  trigger: RunTrigger;
  /** Its place in the queue, the lower the sooner; absent: that of its trigger. */
  priority?: number;
  places: RunPlaces;
  sessionId: string;
  correlationId: string;
  workflowId: string | null;
  revision: number | null;
  context: PinnedContext;
  sealedPlan: string;
  /** What somebody called, and by which key. */
  calledBy?: RunCaller;
  /** Outcomes of earlier runs that stand in for steps of this one. */
  takesOver: readonly TakenOver[];
}

/** The lower, the sooner: who waits in front of a screen before who called, and both before the clock. */
const PRIORITIES: Record<RunTrigger, number> = { manual: 0, published: 1, schedule: 2 };

/** Of the statements that called workflows sent a run shows so many: a map of thousands of calls would not pass in one reply. */
export const MOST_OF_CALLS = 100;

const WAITS_FOR = sql<WaitsFor | null>`CASE WHEN run.status = 'queued' THEN workflow.waits_for(run.id) END`;

@Injectable()
export class RunsRepository {
  /** The run, its first event and its place in the queue: one statement, so all of it is there or nothing. */
  insertion(run: NewRun): RawBuilder<object> {
    return sql<object>`
      WITH run AS (
        INSERT INTO workflow.runs
          (tenant_id, id, owner_id, owner_name, trigger, session_id, correlation_id, workflow_id, revision, status, context,
            sealed_plan, last_seq, based_on, publication_id, key_id)
        VALUES (${run.tenantId}, ${run.id}, ${run.userId}, ${run.ownerName}, ${run.trigger}, ${run.sessionId},
          ${run.correlationId}, ${run.workflowId}, ${run.revision}, 'queued', ${JSON.stringify(run.context)}, ${run.sealedPlan}, 1,
          ${run.takesOver[0]?.runId ?? null}, ${run.calledBy?.publicationId ?? null}, ${run.calledBy?.keyId ?? null})
      ), taken AS (
        SELECT t.* FROM json_to_recordset(${JSON.stringify(run.takesOver.map(({ runId, step, as }) => ({ run_id: runId, step, as_step: as })))}::json)
          AS t(run_id text, step text, as_step text)
      ), outcomes AS (
        INSERT INTO workflow.step_outcomes (tenant_id, run_id, step, state, sealed_outcome, at)
        SELECT outcome.tenant_id, ${run.id}, taken.as_step, outcome.state, outcome.sealed_outcome, outcome.at
        FROM taken JOIN workflow.step_outcomes outcome ON outcome.run_id = taken.run_id AND outcome.step = taken.step
      ), nodes AS (
        INSERT INTO workflow.run_nodes (tenant_id, run_id, node_id, step, status, started_at, finished_at, row_count, query_id, attempts,
          error, sealed_error)
        SELECT node.tenant_id, ${run.id}, CASE WHEN node.node_id = taken.step THEN taken.as_step ELSE node.node_id END,
          taken.as_step, node.status, node.started_at, node.finished_at, node.row_count, node.query_id, node.attempts, node.error, node.sealed_error
        FROM taken
        JOIN workflow.step_outcomes outcome ON outcome.run_id = taken.run_id AND outcome.step = taken.step
        JOIN workflow.run_nodes node
          ON node.run_id = taken.run_id AND node.step = taken.step AND (taken.step = taken.as_step OR node.node_id = taken.step)
        WHERE node.status IN ('succeeded', 'skipped') OR outcome.state = 'continued'
        ON CONFLICT DO NOTHING
      ), tables AS (
        UPDATE workflow.scratch_tables kept SET kept_for = ${run.id}
        FROM taken JOIN workflow.runs before ON before.id = taken.run_id AND before.finished_at IS NOT NULL
        WHERE kept.kept_for = taken.run_id AND kept.step = taken.step
      ), event AS (
        INSERT INTO workflow.run_events (tenant_id, run_id, seq, type) VALUES (${run.tenantId}, ${run.id}, 1, 'run.queued')
      )
      INSERT INTO workflow.run_queue
        (run_id, tenant_id, priority, workflow_id, warehouse_key, tenant_places, workflow_places, warehouse_places)
      VALUES (${run.id}, ${run.tenantId}, ${run.priority ?? PRIORITIES[run.trigger]}, ${run.workflowId ?? ''},
        ${warehouseKey(run.tenantId, run.context.warehouse)}, ${run.places.perTenant}, ${run.places.perWorkflow},
        ${run.places.perWarehouse})`;
  }

  /** A run with its nodes, in one round trip. */
  withNodes(owner: Owner, id: string): RawBuilder<ShownRun & { nodes: RunNodeJson[] }> {
    return sql`
      SELECT run.*, ${WAITS_FOR} AS waits_for, (
        SELECT coalesce(json_agg(node), '[]') FROM workflow.run_nodes node WHERE node.run_id = run.id
      ) AS nodes
      FROM workflow.runs run WHERE run.id = ${id} AND run.owner_id = ${owner.userId}`;
  }

  /**
   * A run as it is shown: with its nodes, its statements from first to last, and what the steps of its own plan came to, in one round
   * trip. Of called workflows those statements are kept that failed, and then the latest.
   */
  withOutcomes(
    viewer: Viewer,
    id: string,
  ): RawBuilder<
    ShownRun & { detailed: boolean; nodes: RunNodeJson[]; statements: StatementsJson; outcomes: StoredOutcome[] }
  > {
    return sql`
      SELECT run.*, ${WAITS_FOR} AS waits_for, ${detailedRun(viewer)} AS detailed, (
        SELECT coalesce(json_agg(node), '[]') FROM workflow.run_nodes node WHERE node.run_id = run.id
      ) AS nodes, (
        SELECT json_build_object(
          'shown', coalesce(
            json_agg(json_build_object('step', step, 'query_id', query_id, 'state', state, 'stats', stats, 'attempts', attempts)
              ORDER BY first_sent_at, step) FILTER (WHERE NOT is_of_call OR place <= ${MOST_OF_CALLS}), '[]'),
          'left_out', count(*) FILTER (WHERE is_of_call AND place > ${MOST_OF_CALLS}))
        FROM (
          SELECT last.*, row_number() OVER (PARTITION BY is_of_call ORDER BY state <> 'failed', sent_at DESC, step) AS place
          FROM (
            SELECT DISTINCT ON (step) step, query_id, state, stats, sent_at, strpos(step, '/') > 0 AS is_of_call,
              count(*) OVER (PARTITION BY step) AS attempts, min(sent_at) OVER (PARTITION BY step) AS first_sent_at
            FROM workflow.statements WHERE run_id = run.id ORDER BY step, sent_at DESC
          ) last
        ) sent
      ) AS statements, (
        SELECT coalesce(json_agg(json_build_object('step', step, 'state', state, 'sealed_outcome', sealed_outcome)), '[]')
        FROM workflow.step_outcomes outcome WHERE outcome.run_id = run.id AND state = 'succeeded' AND strpos(step, '/') = 0
      ) AS outcomes
      FROM workflow.runs run WHERE run.id = ${id} AND ${visibleRun(viewer)}`;
  }

  /**
   * The events of a run after a sequence number, with what it takes to know whether any will follow; no row where there is no such run.
   * Who sees no details hears of the run, not of its nodes.
   */
  eventsAfter(viewer: Viewer, id: string, after: number, limit: number): RawBuilder<RunEventsPage> {
    return sql`
      SELECT run.status, run.last_seq, run.owner_id = ${viewer.userId} AS is_own, (
        SELECT coalesce(json_agg(event ORDER BY event.seq), '[]') FROM (
          SELECT run_id, seq, type, at, node_id, node FROM workflow.run_events
          WHERE run_id = run.id AND seq > ${after} AND (node_id IS NULL OR ${detailedRun(viewer)}) ORDER BY seq LIMIT ${limit}
        ) event
      ) AS events
      FROM workflow.runs run WHERE run.id = ${id} AND ${visibleRun(viewer)}`;
  }

  /** The runs of one sign-in that have not ended. */
  underWay({ tenantId, userId, sessionId }: Owner & { sessionId: string }): RawBuilder<{ id: string }> {
    return sql`
      SELECT run.id FROM workflow.run_queue queued JOIN workflow.runs run ON run.id = queued.run_id
      WHERE queued.tenant_id = ${tenantId} AND run.owner_id = ${userId} AND run.session_id = ${sessionId}`;
  }

  /** Gives the runs that wait for their person's sign-in to this one, and makes them due. */
  resumption({ userId, sessionId }: Owner & { sessionId: string }): RawBuilder<{ id: string }> {
    return sql`
      WITH resumed AS (
        UPDATE workflow.runs run SET session_id = ${sessionId}
        WHERE run.owner_id = ${userId} AND run.status = 'waiting' AND EXISTS (
          SELECT 1 FROM workflow.waits wait WHERE wait.run_id = run.id AND wait.wait_for = 'session' AND NOT EXISTS (
            SELECT 1 FROM workflow.step_outcomes o WHERE o.run_id = run.id AND o.step = wait.step))
        RETURNING run.id
      ), due AS (
        UPDATE workflow.run_queue queued SET nudged = leased_by IS NOT NULL,
          leased_until = CASE WHEN leased_by IS NULL THEN now() ELSE leased_until END
        FROM resumed WHERE queued.run_id = resumed.id
      )
      SELECT id FROM resumed`;
  }

  /** Gives one run that waits to another session, and makes it due. */
  movement(runId: string, sessionId: string): RawBuilder<object> {
    return sql`
      WITH moved AS (
        UPDATE workflow.runs SET session_id = ${sessionId} WHERE id = ${runId} AND status = 'waiting' RETURNING id
      )
      UPDATE workflow.run_queue queued SET nudged = leased_by IS NOT NULL,
        leased_until = CASE WHEN leased_by IS NULL THEN now() ELSE leased_until END
      FROM moved WHERE queued.run_id = moved.id`;
  }

  /** A run that rests is looked at again after this time, or when it is due anyway. */
  dueLater(runId: string, afterMs: number): RawBuilder<object> {
    return sql`
      UPDATE workflow.run_queue SET leased_until = least(leased_until, now() + ${afterMs} * interval '1 millisecond')
      WHERE run_id = ${runId} AND leased_by IS NULL`;
  }

  async find(db: Kysely<WorkflowDatabase>, owner: Owner, id: string): Promise<RunRow | undefined> {
    return db
      .selectFrom('workflow.runs')
      .selectAll()
      .where('id', '=', id)
      .where('owner_id', '=', owner.userId)
      .executeTakeFirst();
  }

  /** Of one workflow all that the person sees; else their own. */
  async list(db: Kysely<WorkflowDatabase>, viewer: Viewer, page: RunsPage): Promise<ListedRun[]> {
    let query = db
      .selectFrom('workflow.runs as run')
      .selectAll()
      .select([WAITS_FOR.as('waits_for'), detailedRun(viewer).as('detailed')]);
    if (page.workflowId) query = query.where('workflow_id', '=', page.workflowId).where(visibleRun(viewer));
    else query = query.where('owner_id', '=', viewer.userId);
    if (page.statuses) query = query.where('status', 'in', page.statuses);
    if (page.from) query = query.where('created_at', '>=', page.from);
    if (page.to) query = query.where('created_at', '<', page.to);
    if (page.after) query = query.where(sql<boolean>`(created_at, id) < (${page.after.at}, ${page.after.id})`);
    return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(page.limit).execute();
  }

  /**
   * Ends a run that no worker has begun; answers its last sequence number, or nothing where it is no longer queued. A worker that takes
   * it up at this very moment finds it ended.
   */
  async cancelQueued(db: Kysely<WorkflowDatabase>, runId: string): Promise<number | undefined> {
    const { rows } = await sql<{ last_seq: number }>`
      WITH run AS (
        UPDATE workflow.runs SET status = 'cancelled', finished_at = now(), last_seq = last_seq + 1
        WHERE id = ${runId} AND status = 'queued' RETURNING tenant_id, id, last_seq
      ), event AS (
        INSERT INTO workflow.run_events (tenant_id, run_id, seq, type) SELECT tenant_id, id, last_seq, 'run.cancelled' FROM run
      ), dequeued AS (
        DELETE FROM workflow.run_queue USING run WHERE run_id = run.id
      )
      SELECT last_seq FROM run`.execute(db);
    return rows[0]?.last_seq;
  }

  /**
   * Asks the worker that has the run to cancel it; answers false where the run is not in the queue any more. A worker that lives hears of
   * it or finds it with its next heartbeat; the lease of a dead one need not be waited for to its end.
   */
  async requestCancel(db: Kysely<WorkflowDatabase>, runId: string): Promise<boolean> {
    const result = await db
      .updateTable('workflow.run_queue')
      .set({ cancel_requested: true, leased_until: sql`least(leased_until, now() + interval '3 seconds')` })
      .where('run_id', '=', runId)
      .executeTakeFirst();
    return result.numUpdatedRows > 0n;
  }

  /** Whether the run is in the queue and asked to end already: asking again would shorten the lease of a worker that ends it. */
  async isToBeCancelled(db: Kysely<WorkflowDatabase>, runId: string): Promise<boolean> {
    const asked = await db
      .selectFrom('workflow.run_queue')
      .select('run_id')
      .where('run_id', '=', runId)
      .where('cancel_requested', '=', true)
      .executeTakeFirst();
    return asked !== undefined;
  }
}
