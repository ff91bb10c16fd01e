import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { endTenantSession, fetchTenantSessions, type TenantSession } from '../../../api/tower';
import { showToast } from '../../../components/toast-store';

const KEY = ['tower', 'sessions'];

export function useTenantSessions() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => fetchTenantSessions(signal), staleTime: 0 });
}

/** The row leaves the list at once: no token of it is taken any more. */
export function useEndTenantSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: TenantSession) => endTenantSession(id),
    onSuccess: (_done, { id, username }) => {
      queries.setQueryData<TenantSession[]>(KEY, (items) => items?.filter((one) => one.id !== id));
      showToast(`The session of ${username} has ended.`);
      return queries.invalidateQueries({ queryKey: KEY });
    },
  });
}
