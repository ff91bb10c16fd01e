import { useMutation, useQueryClient } from '@tanstack/react-query';
import { messageOf } from '../../api/api-error';
import { refreshCatalog } from '../../api/catalog';
import { showToast } from '../../components/toast-store';

/** Has the server forget what it remembered of the catalog, and reads what is shown again. */
export function useCatalogRefresh() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: refreshCatalog,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['catalog'] }),
    onError: (error) => showToast(messageOf(error)),
  });
}
