import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../api/api-error';
import { decideApproval, fetchApprovals, type Approval, type Decision } from '../../api/approvals';
import { showToast } from '../../components/toast-store';

/** The inbox; whoever has to read it anew invalidates it. */
export const APPROVALS_KEY = ['approvals'];
const OFTEN_MS = 20_000;

/** What waits for the signed-in person. Others decide too, and runs begin to wait, so it is read again and again. */
export function useApprovals() {
  return useQuery({
    queryKey: APPROVALS_KEY,
    queryFn: ({ signal }) => fetchApprovals(signal),
    refetchInterval: OFTEN_MS,
    refetchOnWindowFocus: true,
  });
}

/** Why an approval does not wait for the person any more; undefined where it still does. */
function goneBecause(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  if (error.code === 'APPROVAL_DECIDED') return 'Somebody has decided already. Your decision was not taken.';
  return error.status === 404
    ? 'This does not wait for you any more: somebody has decided, or the run has ended.'
    : undefined;
}

/** Takes a decision. What is decided, by whomever, leaves the inbox at once. */
export function useDecide(approval: Approval) {
  const queries = useQueryClient();
  const leave = () => {
    queries.setQueryData<Approval[]>(APPROVALS_KEY, (items) =>
      items?.filter(({ runId, nodeId }) => runId !== approval.runId || nodeId !== approval.nodeId),
    );
    void queries.invalidateQueries({ queryKey: APPROVALS_KEY });
    // The buttons go with it; the keyboard goes on from what is left.
    document.getElementById('main')?.focus();
  };
  return useMutation({
    mutationFn: async (decision: Decision) => {
      // A list that is on its way was read before the decision, and must not bring the approval back.
      await queries.cancelQueries({ queryKey: APPROVALS_KEY });
      return decideApproval(approval, decision);
    },
    onSuccess: (_nothing, { decision }) => {
      leave();
      showToast(`${decision === 'approve' ? 'Approved' : 'Rejected'}: ${approval.workflowName ?? 'unsaved workflow'}.`);
    },
    onError: (error) => {
      const gone = goneBecause(error);
      if (gone === undefined) return;
      leave();
      showToast(gone);
    },
  });
}
