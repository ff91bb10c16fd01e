import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  approveBinding,
  fetchCredentials,
  removeCredential,
  replaceSecret,
  revokeBinding,
  startGrant,
  storeCredential,
} from '../../../api/credentials';
import { pendingNext } from '../../session/provider-redirect';

const KEY = ['credentials'];

/** Where the browser comes back to from a provider, also after a sign-in that is needed on the way. */
const PAGE = '/settings/credentials';

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
/** Leaves this page for the provider's. */
export function useStartGrant() {
  return useMutation({
    mutationFn: startGrant,
    onSuccess: ({ authorizeUrl }) => {
      pendingNext.keep(PAGE);
      window.location.assign(authorizeUrl);
    },
  });
}
export const useReplaceSecret = () => useChange(replaceSecret);
export const useRemoveCredential = () => useChange(removeCredential);
export const useApproveBinding = () => useChange(approveBinding);
export const useRevokeBinding = () => useChange(revokeBinding);
