import type { Overview, OverviewGroup } from '../../../api/tower';

/** The address of the runs that a figure is about. */
export function runsLink({ from, to }: Pick<Overview, 'from' | 'to'>, more: Record<string, string> = {}): string {
  return `/admin/runs?${new URLSearchParams({ ...more, from, to }).toString()}`;
}

const FILTERS: Record<Overview['by'], string> = { workflow: 'workflowId', person: 'person', warehouse: 'warehouse' };

/** Those of one row of the table; nothing narrows to runs of no workflow or warehouse, or to the rest. */
export function groupLink(overview: Overview, { id }: OverviewGroup): string | undefined {
  return id === null ? undefined : runsLink(overview, { [FILTERS[overview.by]]: id });
}
