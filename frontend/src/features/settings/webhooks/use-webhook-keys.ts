import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchWebhookKeys, readWebhookKey, rotateWebhookKey } from '../../../api/webhook-keys';

const KEY = ['webhook-keys'];

export function useWebhookKeys() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => fetchWebhookKeys(signal) });
}

/** The secret of the answer is kept only while it is shown. */
export function useReadWebhookKey() {
  return useMutation({ mutationFn: readWebhookKey, gcTime: 0 });
}

/** The secret of the answer is kept only while it is shown. */
export function useRotateWebhookKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: rotateWebhookKey,
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
