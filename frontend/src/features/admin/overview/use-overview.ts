import { useQuery } from '@tanstack/react-query';
import { fetchOverview, type Overview } from '../../../api/tower';
import { type Span, timeOf } from '../tower-time';

const OFTEN_MS = 60_000;

/** What the tenant ran, up to now. */
export function useOverview(span: Span, by: Overview['by']) {
  return useQuery({
    queryKey: ['tower', 'overview', span.id, by],
    queryFn: ({ signal }) => fetchOverview(timeOf(span), by, signal),
    placeholderData: (before) => before,
    staleTime: 0,
    refetchInterval: OFTEN_MS,
  });
}
