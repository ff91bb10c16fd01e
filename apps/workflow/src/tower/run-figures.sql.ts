import { sql, type RawBuilder } from 'kysely';
import { WAREHOUSE_SIZES } from '../runs/estimated-credits';

/** Numbers as the driver gives a bigint: texts. */
export interface FiguresRow {
  runs: string;
  queued: string;
  running: string;
  waiting: string;
  succeeded: string;
  failed: string;
  cancelled: string;
  people: string;
  statements: string;
  unpriced: string;
  bytes: string;
  /** Milliseconds in a warehouse, each as many times as the warehouse is larger than the smallest: whole, so that sums are exact. */
  credit_ms: string;
  tokens: string;
}

/** The rule of `estimatedCredits`, for the database. Null where size or time is not known. */
const CREDIT_MS = sql`(2 ^ (array_position(${sql.val([...WAREHOUSE_SIZES])}::text[], upper(sent.stats->>'warehouseSize')) - 1))::bigint
  * (sent.stats->>'executeMs')::bigint`;

/**
 * `run` with what each run took, from the one place that says it: the statements that reached Snowflake, and the models' tokens. `runs` is
 * a SELECT of rows of `workflow.runs` and whatever else is wanted of them.
 */
export function countedRuns(runs: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    run AS MATERIALIZED (${runs}),
    taken AS (
      SELECT sent.run_id, count(*) AS statements, count(*) FILTER (WHERE ${CREDIT_MS} IS NULL) AS unpriced,
        coalesce(sum((sent.stats->>'bytesScanned')::bigint), 0) AS bytes, coalesce(sum(${CREDIT_MS}), 0) AS credit_ms
      FROM workflow.statements sent JOIN run ON run.id = sent.run_id WHERE sent.state <> 'absent' GROUP BY sent.run_id
    ),
    said AS (
      SELECT called.run_id, sum(called.tokens) AS tokens
      FROM workflow.model_calls called JOIN run ON run.id = called.run_id GROUP BY called.run_id
    ),
    counted AS (
      SELECT run.*, coalesce(statements, 0) AS statements, coalesce(unpriced, 0) AS unpriced, coalesce(bytes, 0) AS bytes,
        coalesce(credit_ms, 0) AS credit_ms, coalesce(tokens, 0) AS tokens
      FROM run LEFT JOIN taken ON taken.run_id = run.id LEFT JOIN said ON said.run_id = run.id
    )`;
}

/** The figures of a group of `counted`, as `FiguresRow` has them. */
export const FIGURES = sql`
  count(*)::text AS runs,
  count(*) FILTER (WHERE status = 'queued')::text AS queued,
  count(*) FILTER (WHERE status = 'running')::text AS running,
  count(*) FILTER (WHERE status = 'waiting')::text AS waiting,
  count(*) FILTER (WHERE status = 'succeeded')::text AS succeeded,
  count(*) FILTER (WHERE status = 'failed')::text AS failed,
  count(*) FILTER (WHERE status = 'cancelled')::text AS cancelled,
  count(DISTINCT owner_id)::text AS people,
  coalesce(sum(statements), 0)::text AS statements,
  coalesce(sum(unpriced), 0)::text AS unpriced,
  coalesce(sum(bytes), 0)::text AS bytes,
  coalesce(sum(credit_ms), 0)::text AS credit_ms,
  coalesce(sum(tokens), 0)::text AS tokens`;
