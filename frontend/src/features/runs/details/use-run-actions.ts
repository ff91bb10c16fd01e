import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { messageOf } from '../../../api/api-error';
import { cancelRun, retryRun, startRun } from '../../../api/runs';
import type { Run, RunMode } from '../../../api/types';
import { showToast } from '../../../components/toast-store';
import { askedForConsent } from '../../consent/consent-store';
import { refusalOf } from '../refusal-of';

/** What can be done with a run. A new run opens its own page. */
export function useRunActions(run: Run) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, workflowId, revision, parameters, own } = run;
  const begin = useMutation({
    mutationFn: (start: () => Promise<string>) => start(),
    onSuccess: (started) => {
      void queries.invalidateQueries({ queryKey: ['runs'] });
      void navigate(`/runs/${started}`);
    },
    onError: (error, start) => {
      if (!askedForConsent(error, () => begin.mutate(start))) showToast(refusalOf(error));
    },
  });
  const cancel = useMutation({ mutationFn: () => cancelRun(id), onError: (error) => showToast(messageOf(error)) });
  const start = (mode?: RunMode) => {
    if (workflowId !== null && revision !== null && !begin.isPending) {
      begin.mutate(() => startRun(workflowId, revision, { mode, parameters }));
    }
  };
  const notSaved = workflowId === null || revision === null ? 'The document of this run was not saved' : undefined;
  // What somebody else started it with is not shown, and without that it would be another run.
  const notOwn = own ? undefined : 'Its parameters are shown to who ran it. Run it in the builder';
  const notRepeatable = notSaved ?? notOwn;
  return {
    cancel: () => cancel.mutate(),
    /** Until the end comes by an event; who asked is told at once that it was heard. */
    cancelling: cancel.isPending || cancel.isSuccess,
    again: () => start(),
    retry: () => !begin.isPending && begin.mutate(() => retryRun(id)),
    fromHere: (nodeId: string) => start({ from: nodeId, runId: id }),
    toHere: (nodeId: string) => start({ to: nodeId }),
    starting: begin.isPending,
    /** Why only who ran it can go on with it. */
    notOwn,
    /** Why the run's workflow can't be run from here. */
    notRepeatable,
    /** Why no run can go on from this one. */
    notContinued: notRepeatable ?? (isTerminal(run.status) ? undefined : 'The run goes on still'),
  };
}

export type RunActions = ReturnType<typeof useRunActions>;
