import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelTenantRun, fetchTowerRuns, type TowerRun, type TowerRunFilters } from '../../../api/tower';
import { showToast } from '../../../components/toast-store';

const KEY = ['tower', 'runs'];
const WHILE_GOING_MS = 3_000;

/** Everybody's runs, read again while one that is shown goes on. */
export function useTowerRuns(filters: TowerRunFilters) {
  return useInfiniteQuery({
    queryKey: [...KEY, filters],
    queryFn: ({ pageParam, signal }) => fetchTowerRuns(filters, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (before) => before,
    staleTime: 0,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => !isTerminal(status))) && WHILE_GOING_MS,
  });
}

export function useCancelTenantRun() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: TowerRun) => cancelTenantRun(id),
    onSuccess: (_done, { person }) => {
      showToast(`The run of ${person} is being cancelled.`);
      return queries.invalidateQueries({ queryKey: KEY });
    },
  });
}
