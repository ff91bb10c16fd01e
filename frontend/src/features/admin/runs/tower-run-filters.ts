import type { TowerRunFilters } from '../../../api/tower';

const NAMES = ['status', 'workflowId', 'person', 'warehouse', 'from', 'to'] as const;

/** The filters of an address. */
export function filtersOf(params: URLSearchParams): TowerRunFilters {
  const given = NAMES.map((name) => [name, params.get(name) || null] as const);
  return Object.fromEntries(given) as Record<(typeof NAMES)[number], string | null>;
}

/** Changes that take every filter away. */
export const NO_FILTERS: Record<string, null> = Object.fromEntries(NAMES.map((name) => [name, null]));
