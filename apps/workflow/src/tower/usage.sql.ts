import type { UsageGroup } from '@snowflow/contracts/workflow/usage.dto';
import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import { sql, type RawBuilder } from 'kysely';
import type { TimeRange } from './time-range';
import { countedRuns, FIGURES, type FiguresRow } from './run-figures.sql';

/** By which the two sources know a row; `null` for what was never saved, where it is about workflows. */
export type UsageKey = string;

export interface UsageRow extends FiguresRow {
  key: UsageKey;
  name: string | null;
  revision: number | null;
}

/** A row's key in our own tables, whose parts stand in QUERY_TAG by the same names; a person's is the user name. */
const OWN_KEYS: Record<UsageGroup, RawBuilder<string>> = {
  workflow: sql`coalesce(workflow_id, '')`,
  revision: sql`CASE WHEN workflow_id IS NULL THEN '' ELSE workflow_id || '@' || coalesce(revision::text, '') END`,
  person: sql`owner_name`,
  key: sql`coalesce(key_id, '')`,
  trigger: sql`trigger`,
};

/** What SnowFlow itself knows of runs of some time, one row for each key. */
export function usedByRuns({ from, to }: TimeRange, by: UsageGroup): RawBuilder<UsageRow> {
  const ofRevision = by === 'revision' ? sql`max(revision)` : sql`NULL::integer`;
  const isOfWorkflow = by === 'workflow' || by === 'revision';
  const name = isOfWorkflow
    ? sql`(SELECT workflow.name FROM workflow.workflows workflow WHERE workflow.id = max(counted.workflow_id))`
    : sql`key`;
  const runs = sql`
    SELECT id, status, owner_id, workflow_id, revision, ${OWN_KEYS[by]} AS key
    FROM workflow.runs WHERE created_at >= ${from} AND created_at < ${to}`;
  return sql<UsageRow>`
    WITH ${countedRuns(runs)}
    SELECT key, ${name} AS name, ${ofRevision} AS revision, ${FIGURES} FROM counted GROUP BY key ORDER BY key`;
}

const TAG = 'TRY_PARSE_JSON(QUERY_TAG)';
/** Where the tag says it, by what. */
const TAG_KEYS: Partial<Record<UsageGroup, string>> = {
  workflow: `COALESCE(${TAG}:workflow::STRING, '')`,
  revision: `IFF(${TAG}:workflow IS NULL, '', ${TAG}:workflow::STRING || '@' || COALESCE(${TAG}:revision::STRING, ''))`,
  person: 'USER_NAME',
};

/** Whether Snowflake can be asked by it. */
export const isInTag = (by: UsageGroup): boolean => TAG_KEYS[by] !== undefined;

/**
 * What Snowflake attributes to the statements of a tenant's runs, told by the tag that each of them carries. Undefined where the tag does
 * not say what is asked for.
 */
export function attributedCredits(
  tenantId: string,
  { from, to }: TimeRange,
  by: UsageGroup,
): { sql: string; binds: Bind[] } | undefined {
  const key = TAG_KEYS[by];
  if (key === undefined) return undefined;
  return {
    sql: `SELECT ${key} AS USED_BY, SUM(CREDITS_ATTRIBUTED_COMPUTE + COALESCE(CREDITS_USED_QUERY_ACCELERATION, 0)) AS CREDITS
FROM SNOWFLAKE.ACCOUNT_USAGE.QUERY_ATTRIBUTION_HISTORY
WHERE START_TIME >= TO_TIMESTAMP_LTZ(?) AND START_TIME < TO_TIMESTAMP_LTZ(?)
  AND ${TAG}:app::STRING = 'snowflow' AND ${TAG}:tenant::STRING = ? AND ${TAG}:run IS NOT NULL
GROUP BY 1`,
    binds: [from.toISOString(), to.toISOString(), tenantId],
  };
}
