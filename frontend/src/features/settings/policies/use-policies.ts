import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchPolicies, savePolicies } from '../../../api/policies';
import { policiesQuery } from '../../policies/policies-query';

const POLICIES = ['policies', 'kept'];

export function usePolicies() {
  return useQuery({ queryKey: POLICIES, queryFn: ({ signal }) => fetchPolicies(signal) });
}

/** What is shown as denied elsewhere is asked for anew. */
export function useSavePolicies() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: savePolicies,
    onSuccess: async (saved) => {
      queries.setQueryData(POLICIES, saved);
      queries.setQueryData(policiesQuery.queryKey, saved);
      await queries.invalidateQueries({ queryKey: ['catalog'] });
    },
  });
}
