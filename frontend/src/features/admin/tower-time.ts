import type { TowerTime } from '../../api/tower';

const DAY_MS = 86_400_000;

/** How far back is looked; the first is where nothing is chosen. */
export const SPANS = [
  { id: '7d', label: 'Last 7 days', days: 7 },
  { id: '24h', label: 'Last 24 hours', days: 1 },
  { id: '30d', label: 'Last 30 days', days: 30 },
  { id: '90d', label: 'Last 90 days', days: 90 },
] as const;
export type Span = (typeof SPANS)[number];

/** The span of a page's address. One that there is none of is the first. */
export const spanOf = (params: URLSearchParams): Span => SPANS.find(({ id }) => id === params.get('last')) ?? SPANS[0];

/** From so long ago until now. */
export const timeOf = ({ days }: Span, now = Date.now()): TowerTime => ({
  from: new Date(now - days * DAY_MS).toISOString(),
  to: new Date(now).toISOString(),
});
