import { Injectable } from '@nestjs/common';
import type {
  Bucket,
  OverviewBucketView,
  OverviewGroupView,
  OverviewQuery,
  OverviewView,
} from '@snowflow/contracts/workflow/tower.dto';
import { WorkflowStore } from '../database/workflow-store';
import { CurrentSession } from '../validation/current-session';
import { figuresOf, NO_FIGURES } from './figures-view';
import { overview, type OverviewRow } from './overview.sql';
import { bucketFor, bucketsOf, parseRange, type TimeRange } from './time-range';

const DEFAULT_DAYS = 7;

/** What a tenant ran, and what it took. */
@Injectable()
export class OverviewService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly session: CurrentSession,
  ) {}

  async read({ by = 'workflow', bucket: asked, ...query }: OverviewQuery): Promise<OverviewView> {
    const { tenantId } = await this.session.requireAdmin('see what everybody runs');
    const range = parseRange(query, DEFAULT_DAYS);
    const bucket = bucketFor(range, asked);
    const rows = await this.store.statement(tenantId, overview({ ...range, by, bucket }));
    const total = rows.find(({ kind }) => kind === 'total');
    return {
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      by,
      bucket,
      totals: total ? figuresOf(total) : NO_FIGURES,
      buckets: filled(rows, range, bucket),
      groups: rows.filter(({ kind }) => kind === 'group').map(groupOf),
    };
  }
}

/** Every bucket of the time, those without a run too. */
function filled(rows: readonly OverviewRow[], range: TimeRange, bucket: Bucket): OverviewBucketView[] {
  const known = new Map(rows.flatMap((row) => (row.at ? [[row.at.getTime(), row] as const] : [])));
  return bucketsOf(range, bucket).map((at) => {
    const row = known.get(at.getTime());
    return { at: at.toISOString(), ...(row ? figuresOf(row) : NO_FIGURES) };
  });
}

function groupOf(row: OverviewRow): OverviewGroupView {
  return { id: row.group_id || null, name: row.name, isRest: row.group_id === null, ...figuresOf(row) };
}
