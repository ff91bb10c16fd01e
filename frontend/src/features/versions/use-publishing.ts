import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error';
import { askToPublish, fetchPublishRequests, publishRevision } from '../../api/revisions';
import { showToast } from '../../components/toast-store';

/** The tenant wants an owner or admin to agree before this is published. */
export const wantsApproval = (error: unknown) =>
  error instanceof ApiError && error.code === 'POLICY_DENIED' && error.body.policy === 'publishApproval';

/** Publishing a workflow's versions, and asking for it where somebody has to agree first. */
export function usePublishing(id: string, mayPublish: boolean) {
  const queries = useQueryClient();
  const requests = useQuery({
    queryKey: ['publish-requests', id],
    queryFn: ({ signal }) => fetchPublishRequests(id, signal),
    enabled: mayPublish,
    staleTime: 0,
  });
  const publish = useMutation({
    mutationFn: (revision: number) => publishRevision(id, revision),
    onSuccess: async (_, revision) => {
      await queries.invalidateQueries({ queryKey: ['revisions', id] });
      showToast(`Published v${revision}`);
    },
  });
  const ask = useMutation({
    mutationFn: (revision: number) => askToPublish(id, revision),
    onSuccess: async () => {
      publish.reset();
      await queries.invalidateQueries({ queryKey: ['publish-requests', id] });
    },
  });
  return {
    requests: requests.data ?? [],
    publish,
    ask,
    /** The version that was not published because somebody has to agree first. */
    refused: wantsApproval(publish.error) ? publish.variables : undefined,
    error: requests.error ?? ask.error ?? (wantsApproval(publish.error) ? null : publish.error),
  };
}
