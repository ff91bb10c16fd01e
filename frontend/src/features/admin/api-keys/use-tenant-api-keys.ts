import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchTenantApiKeys, revokeTenantApiKey, type TenantApiKey } from '../../../api/tower';
import { showToast } from '../../../components/toast-store';

const KEY = ['tower', 'api-keys'];

export function useTenantApiKeys() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => fetchTenantApiKeys(signal), staleTime: 0 });
}

/** The row leaves the list at once: the key is taken nowhere any more. It may have been one's own. */
export function useRevokeTenantApiKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: TenantApiKey) => revokeTenantApiKey(id),
    onSuccess: (_done, { id, name, username }) => {
      queries.setQueryData<TenantApiKey[]>(KEY, (items) => items?.filter((one) => one.id !== id));
      showToast(`The key ${name} of ${username} is revoked.`);
      return Promise.all([
        queries.invalidateQueries({ queryKey: KEY }),
        queries.invalidateQueries({ queryKey: ['api-keys'] }),
      ]);
    },
  });
}
