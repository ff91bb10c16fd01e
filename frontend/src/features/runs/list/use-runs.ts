import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { useInfiniteQuery } from '@tanstack/react-query';
import { fetchRuns } from '../../../api/runs';
import type { RunFilters } from './run-filters';

const WHILE_GOING_MS = 2_000;

/** The person's runs, read again while one that is shown goes on and whenever the window is looked at. */
export function useRuns(filters: RunFilters) {
  return useInfiniteQuery({
    queryKey: ['runs', filters],
    queryFn: ({ pageParam, signal }) => fetchRuns(filters, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (before) => before,
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => !isTerminal(status))) && WHILE_GOING_MS,
  });
}
