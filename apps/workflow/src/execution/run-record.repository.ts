import { Injectable } from '@nestjs/common';
import type { NodeStatus, NodeWaitsFor, RunEventType, RunStatus } from '@snowflow/contracts/runs/run-state';
import type { NodeRunView } from '@snowflow/contracts/workflow/workflow.dto';
import type { StepWait } from '@snowflow/engine/run/step-paused';
import { sql } from 'kysely';
import type { StatementOutcome, StatementsTable, StoredError } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import type { StoredOutcome } from './sealed-outcome';

/** The lease under which a worker writes: a newer one shuts it out. */
export interface HeldRun {
  tenantId: string;
  runId: string;
  fence: number;
}

export interface NodeChange {
  node_id: string;
  step: string | null;
  status: NodeStatus;
  started_at: Date | null;
  finished_at: Date | null;
  row_count: number | null;
  query_id: string | null;
  attempts: number;
  error: StoredError | null;
  sealed_error: string | null;
  waits_for: NodeWaitsFor | null;
}

export interface StatementChange {
  step: string;
  request_id: string;
  effect_key: string;
  query_id: string | null;
  state: StatementsTable['state'];
  bytes_at_most: number | null;
  outcome: StatementOutcome | null;
}

interface EventChange {
  type: RunEventType;
  at: Date;
  node_id: string | null;
  node: NodeRunView | null;
}

/** One transition of a run: everything in it is written together or, where the lease was lost or the run has ended, not at all. */
export interface RunChange {
  status: RunStatus;
  at: Date;
  /** Whether this ends the run: it leaves the queue. */
  ends: boolean;
  error: StoredError | null;
  sealedError: string | null;
  /** The run rests: it gives its lease back and is taken up again when `until` comes (never by itself where it is null) or it is nudged. */
  rests: { until: Date | null } | null;
  nodes: NodeChange[];
  statements: StatementChange[];
  outcomes: StoredOutcome[];
  waits: WaitChange[];
  events: EventChange[];
}

/** A step that waits; where it waited before, it goes on waiting since then. */
export interface WaitChange {
  step: string;
  wait_for: StepWait['for'];
  until: Date | null;
  sealed_detail: string | null;
  /** When it first paused. */
  began_at: Date;
}

/** A worker whose clock is behind the database's would be woken for a moment that has not come for it, again and again. */
const SHORTEST_REST_MS = 500;

@Injectable()
export class RunRecordRepository {
  constructor(private readonly store: WorkflowStore) {}

  /** Answers the run's last sequence number, or nothing where this worker may not write any more. One round trip. */
  async write(run: HeldRun, change: RunChange): Promise<number | undefined> {
    const statement = sql<{ last_seq: number }>`
      WITH run AS (
        UPDATE workflow.runs SET
          status = ${change.status},
          fence = ${run.fence},
          started_at = coalesce(started_at, ${change.at}),
          finished_at = CASE WHEN ${change.ends} THEN ${change.at}::timestamptz END,
          error = ${json(change.error)}::json,
          sealed_error = ${change.sealedError},
          last_seq = last_seq + ${change.events.length}
        WHERE id = ${run.runId} AND fence <= ${run.fence} AND finished_at IS NULL
        RETURNING tenant_id, id, last_seq, last_seq - ${change.events.length} AS seq_before
      ), nodes AS (
        INSERT INTO workflow.run_nodes AS node
        SELECT run.tenant_id, run.id, n.*
        FROM run, json_to_recordset(${JSON.stringify(change.nodes)}::json) AS n(
          node_id text, step text, status text, started_at timestamptz, finished_at timestamptz, row_count bigint,
          query_id text, attempts integer, error json, sealed_error text, waits_for text)
        ON CONFLICT (run_id, node_id) DO UPDATE SET
          step = excluded.step, status = excluded.status, started_at = excluded.started_at,
          finished_at = excluded.finished_at, row_count = excluded.row_count, query_id = excluded.query_id,
          attempts = excluded.attempts, error = excluded.error, sealed_error = excluded.sealed_error, waits_for = excluded.waits_for
      ), statements AS (
        INSERT INTO workflow.statements AS statement
          (tenant_id, run_id, step, request_id, effect_key, query_id, state, bytes_at_most, outcome)
        SELECT run.tenant_id, run.id, s.*
        FROM run, json_to_recordset(${JSON.stringify(change.statements)}::json) AS s(
          step text, request_id text, effect_key text, query_id text, state text, bytes_at_most bigint, outcome json)
        ON CONFLICT (run_id, request_id) DO UPDATE SET
          query_id = coalesce(excluded.query_id, statement.query_id), state = excluded.state, outcome = excluded.outcome
      ), outcomes AS (
        INSERT INTO workflow.step_outcomes (tenant_id, run_id, step, state, sealed_outcome)
        SELECT run.tenant_id, run.id, o.*
        FROM run, json_to_recordset(${JSON.stringify(change.outcomes)}::json) AS o(step text, state text, sealed_outcome text)
        ON CONFLICT (run_id, step) DO NOTHING
      ), waits AS (
        INSERT INTO workflow.waits AS wait (tenant_id, run_id, step, wait_for, until, sealed_detail, began_at)
        SELECT run.tenant_id, run.id, w.*
        FROM run, json_to_recordset(${JSON.stringify(change.waits)}::json) AS w(
          step text, wait_for text, until timestamptz, sealed_detail text, began_at timestamptz)
        ON CONFLICT (run_id, step) DO UPDATE SET
          wait_for = excluded.wait_for, until = excluded.until, sealed_detail = excluded.sealed_detail
      ), events AS (
        INSERT INTO workflow.run_events (tenant_id, run_id, seq, type, at, node_id, node)
        SELECT run.tenant_id, run.id, run.seq_before + e.place, e.type, e.at, e.node_id, e.node
        FROM run, json_to_recordset(${JSON.stringify(change.events.map((event, index) => ({ ...event, place: index + 1 })))}::json) AS e(
          place integer, type text, at timestamptz, node_id text, node json)
      ), dequeued AS (
        DELETE FROM workflow.run_queue USING run WHERE ${change.ends} AND run_id = run.id
      ), rested AS (
        UPDATE workflow.run_queue queued SET leased_by = NULL, nudged = false, attempts = 0,
          leased_until = CASE WHEN queued.nudged OR queued.cancel_requested THEN now()
            WHEN ${change.rests?.until ?? null}::timestamptz IS NULL THEN 'infinity'
            ELSE greatest(${change.rests?.until ?? null}::timestamptz, now() + ${SHORTEST_REST_MS} * interval '1 millisecond') END
        FROM run WHERE ${change.rests !== null} AND queued.run_id = run.id
      )
      SELECT last_seq FROM run`;
    const rows = await this.store.statement(run.tenantId, statement);
    return rows[0]?.last_seq;
  }
}

const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
