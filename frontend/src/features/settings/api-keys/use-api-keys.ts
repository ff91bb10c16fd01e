import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createApiKey, fetchApiKeys, removeApiKey, rotateApiKey } from '../../../api/api-keys';

const KEY = ['api-keys'];

export function useApiKeys() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => fetchApiKeys(signal) });
}

/** The key of the answer is kept only while it is shown: nothing of the answer outlives the dialog. */
export function useCreateApiKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: createApiKey,
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useRemoveApiKey() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: removeApiKey, onSuccess: () => queries.invalidateQueries({ queryKey: KEY }) });
}

export function useRotateApiKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: rotateApiKey,
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
