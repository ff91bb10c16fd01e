import type { Bucket, OverviewGroup } from '@snowflow/contracts/workflow/tower.dto';
import { sql, type RawBuilder } from 'kysely';
import { countedRuns, FIGURES, type FiguresRow } from './run-figures.sql';

/** So many groups have a row of their own. */
export const MOST_GROUPS = 200;

/** What a row of the overview is about: all runs, those of a bucket of time, or those of a group. */
export interface OverviewRow extends FiguresRow {
  kind: 'total' | 'bucket' | 'group';
  at: Date | null;
  /** Empty for the runs of none; null for the rest. */
  group_id: string | null;
  name: string | null;
}

const GROUP_IDS: Record<OverviewGroup, RawBuilder<string>> = {
  workflow: sql`coalesce(workflow_id, '')`,
  person: sql`owner_id`,
  warehouse: sql`coalesce(context->>'warehouse', '')`,
};

const NAMES: Record<OverviewGroup, RawBuilder<string | null>> = {
  workflow: sql`(SELECT workflow.name FROM workflow.workflows workflow WHERE workflow.id = shown_id)`,
  person: sql`latest_person`,
  warehouse: sql`nullif(shown_id, '')`,
};

export interface OverviewRange {
  from: Date;
  to: Date;
  by: OverviewGroup;
  bucket: Bucket;
}

/**
 * Totals, buckets and groups of one set of runs, counted in one pass: what is in one of them is in all of them. A run counts, with all that
 * it took, at the moment when it was created.
 */
export function overview({ from, to, by, bucket }: OverviewRange): RawBuilder<OverviewRow> {
  const runs = sql`
    SELECT id, status, owner_id, owner_name, date_trunc(${bucket}, created_at, 'UTC') AS at, ${GROUP_IDS[by]} AS group_id
    FROM workflow.runs WHERE created_at >= ${from} AND created_at < ${to}`;
  return sql<OverviewRow>`
    WITH ${countedRuns(runs)},
    ranked AS (
      SELECT group_id, row_number() OVER (ORDER BY count(*) DESC, group_id) AS place FROM run GROUP BY group_id
    ),
    placed AS (
      SELECT counted.*, CASE WHEN place <= ${MOST_GROUPS} THEN counted.group_id END AS shown_id
      FROM counted JOIN ranked USING (group_id)
    ),
    summed AS (
      SELECT CASE WHEN grouping(at) = 0 THEN 'bucket' WHEN grouping(shown_id) = 0 THEN 'group' ELSE 'total' END AS kind,
        at, shown_id, max(owner_name) AS latest_person, ${FIGURES}
      FROM placed GROUP BY GROUPING SETS ((), (at), (shown_id))
    )
    SELECT kind, at, shown_id AS group_id, CASE WHEN kind = 'group' THEN ${NAMES[by]} END AS name,
      runs, queued, running, waiting, succeeded, failed, cancelled, people, statements, unpriced, bytes, credit_ms, tokens
    FROM summed ORDER BY kind, at, shown_id IS NULL, runs::bigint DESC, shown_id`;
}
