import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  approveBinding,
  fetchCredentials,
  removeCredential,
  replaceSecret,
  revokeBinding,
  storeCredential,
} from '../../../api/credentials';

const KEY = ['credentials'];

export function useCredentials() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => fetchCredentials(signal) });
}

/** A change after which the list is read anew. What was sent may be a secret, so nothing of the request is kept. */
function useChange<Variables, Answer>(mutationFn: (variables: Variables) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export const useStoreCredential = () => useChange(storeCredential);
export const useReplaceSecret = () => useChange(replaceSecret);
export const useRemoveCredential = () => useChange(removeCredential);
export const useApproveBinding = () => useChange(approveBinding);
export const useRevokeBinding = () => useChange(revokeBinding);
