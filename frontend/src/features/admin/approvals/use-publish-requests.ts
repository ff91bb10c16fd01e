import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { decidePublish, fetchPublishRequests, type PublishDecision } from '../../../api/publish-requests';

const REQUESTS = ['publish-requests'];
const OFTEN_MS = 20_000;

export function usePublishRequests() {
  return useQuery({
    queryKey: REQUESTS,
    queryFn: ({ signal }) => fetchPublishRequests(signal),
    refetchInterval: OFTEN_MS,
  });
}

/** Whatever came of it, the list says what holds now: somebody else may have decided. */
export function useDecidePublish(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: PublishDecision) => decidePublish(id, body),
    onSettled: () => queries.invalidateQueries({ queryKey: REQUESTS }),
  });
}
