import type { UsageGroup, UsageRowView, UsageView } from '@snowflow/contracts/workflow/usage.dto';
import { figuresOf } from './figures-view';
import type { TimeRange } from './time-range';
import { isInTag, type UsageKey, type UsageRow } from './usage.sql';

/** Credits by key, as Snowflake attributes them. */
export type Attributed = ReadonlyMap<UsageKey, number>;

/** So many rows are looked at. */
export const MOST_ROWS = 500;

const RULES = {
  snowflake:
    'Credits as Snowflake attributes them to the tagged statements of runs, with query acceleration. Its view lags by up to eight hours, and idle time of a warehouse is in nobody’s share.',
  estimate:
    'Estimated: for each statement its time in the warehouse, at the credits an hour of that size, as if it had the warehouse alone. Idle time, what ran beside it, and Cortex are not in it. Your role cannot read SNOWFLAKE.ACCOUNT_USAGE.QUERY_ATTRIBUTION_HISTORY here.',
  untold:
    'Estimated: for each statement its time in the warehouse, at the credits an hour of that size, as if it had the warehouse alone. Idle time, what ran beside it, and Cortex are not in it. Query tags do not tell runs apart in this way.',
};

/** Both sources beside each other. What Snowflake tells of runs that are not kept here any more has a row, too. */
export function usageViewOf(
  rows: readonly UsageRow[],
  attributed: Attributed | undefined,
  { from, to }: TimeRange,
  by: UsageGroup,
): UsageView {
  const own = rows.map((row) => viewOf(row, attributed));
  const known = new Set(rows.map(({ key }) => key));
  const gone = [...(attributed ?? [])]
    .filter(([key]) => !known.has(key))
    .map(([key, credits]) => goneOf(key, credits, by));
  const all = [...own, ...gone].toSorted((a, b) => creditsOf(b) - creditsOf(a) || b.runs - a.runs);
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    by,
    source: attributed ? 'snowflake' : 'estimate',
    rule: attributed ? RULES.snowflake : isInTag(by) ? RULES.estimate : RULES.untold,
    items: all.slice(0, MOST_ROWS),
    totals: all.reduce(plus, { ...EMPTY, attributedCredits: attributed ? 0 : null }),
  };
}

const EMPTY: UsageRowView = {
  id: null,
  name: null,
  revision: null,
  runs: 0,
  statements: 0,
  bytesScanned: 0,
  aiTokens: 0,
  estimatedCredits: 0,
  attributedCredits: null,
};

const creditsOf = ({ attributedCredits, estimatedCredits }: UsageRowView) => attributedCredits ?? estimatedCredits;

function viewOf(row: UsageRow, attributed: Attributed | undefined): UsageRowView {
  const { runs, statements, bytesScanned, aiTokens, estimatedCredits } = figuresOf(row);
  return {
    id: row.key || null,
    name: row.name,
    revision: row.revision,
    runs,
    statements,
    bytesScanned,
    aiTokens,
    estimatedCredits,
    attributedCredits: attributed ? (attributed.get(row.key) ?? 0) : null,
  };
}

function goneOf(key: UsageKey, attributedCredits: number, by: UsageGroup): UsageRowView {
  const revision = by === 'revision' ? Number(key.split('@')[1]) || null : null;
  return { ...EMPTY, id: key || null, name: by === 'person' ? key : null, revision, attributedCredits };
}

function plus(sum: UsageRowView, row: UsageRowView): UsageRowView {
  return {
    ...sum,
    runs: sum.runs + row.runs,
    statements: sum.statements + row.statements,
    bytesScanned: sum.bytesScanned + row.bytesScanned,
    aiTokens: sum.aiTokens + row.aiTokens,
    estimatedCredits: sum.estimatedCredits + row.estimatedCredits,
    attributedCredits: sum.attributedCredits === null ? null : sum.attributedCredits + (row.attributedCredits ?? 0),
  };
}
