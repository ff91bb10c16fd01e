import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { ApiError, messageOf } from '../../../api/api-error';
import { cancelRun, startRun } from '../../../api/runs';
import type { Run } from '../../../api/types';
import { showToast } from '../../../components/toast-store';

/** A sentence about a run that was not started. */
function refusalOf(error: unknown): string {
  const problems = error instanceof ApiError ? error.body.problems : undefined;
  return problems
    ? 'The workflow has problems, so it was not run. Open it in the builder to see them.'
    : messageOf(error);
}

/** What can be done with a run. A new run opens its own page. */
export function useRunActions(run: Run) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const onStarted = (id: string) => {
    void queries.invalidateQueries({ queryKey: ['runs'] });
    void navigate(`/runs/${id}`);
  };
  const again = useMutation({
    mutationFn: ({ workflowId, revision }: { workflowId: string; revision: number }) => startRun(workflowId, revision),
    onSuccess: onStarted,
    onError: (error) => showToast(refusalOf(error)),
  });
  const cancel = useMutation({ mutationFn: () => cancelRun(run.id), onError: (error) => showToast(messageOf(error)) });
  const { workflowId, revision } = run;
  const saved = workflowId !== null && revision !== null;
  return {
    cancel: () => cancel.mutate(),
    /** Until the end comes by an event; who asked is told at once that it was heard. */
    cancelling: cancel.isPending || cancel.isSuccess,
    again: () => saved && again.mutate({ workflowId, revision }),
    starting: again.isPending,
    /** Why the run can't be repeated. */
    notRepeatable: saved ? undefined : 'The document of this run was not saved',
  };
}

export type RunActions = ReturnType<typeof useRunActions>;
