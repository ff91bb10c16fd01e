import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { ApiError, messageOf } from '../../api/api-error';
import { cancelRun, fetchLatestRun, fetchRun, startRun } from '../../api/runs';
import type { RunMode } from '../../api/types';
import { STATE_LOOKS } from '../../components/StateChip';
import { showToast } from '../../components/toast-store';
import { useBuilder } from '../../store/builder-store';
import { selectSingleId } from '../../store/selectors/node-selectors';
import type { Saving } from '../saving/use-saving';
import { askedForConsent } from '../consent/consent-store';
import { watchRun } from './watch-run';

export interface RunControl {
  start(mode?: RunMode): void;
  /** Runs what the selected node needs. */
  startTo(): void;
  /** Runs the selected node and what is behind it, on what the shown run gave. */
  startFrom(): void;
  /** Runs everything with these parameters, and answers the run's id. */
  startWith(parameters: Record<string, string>): Promise<string>;
  cancel(): void;
  starting: boolean;
  cancelling: boolean;
}

/** Reads the run anew: its statements, and the messages that events leave out. */
async function loadRun(id: string, signal: AbortSignal): Promise<void> {
  const run = await fetchRun(id, signal);
  if (!signal.aborted) useBuilder.getState().loadRun(run);
}

function sayEnd(): void {
  const { run, name } = useBuilder.getState();
  if (!run) return;
  showToast(run.status === 'succeeded' ? 'Run done' : `Run ${STATE_LOOKS[run.status].word.toLowerCase()}`);
  if (document.visibilityState === 'hidden') document.title = `● ${name} · SnowFlow`;
}

function lostItsRole(): boolean {
  const { run } = useBuilder.getState();
  return [run?.error, ...Object.values(run?.nodes ?? {}).map(({ error }) => error)].some(
    (error) => error?.code === 'ROLE_REVOKED',
  );
}

const follow = (id: string, signal: AbortSignal): Promise<void> =>
  watchRun(id, signal, {
    onEvent: useBuilder.getState().applyRunEvent,
    reload: () => loadRun(id, signal),
    onReconnecting: useBuilder.getState().setReconnecting,
  });

/** Starts, follows and cancels the run of the open workflow. The run's id stands in the URL, so a reload finds it. */
export function useRun(workflowId: string, saving: Saving): RunControl {
  const [params, setParams] = useSearchParams();
  const queries = useQueryClient();
  const runId = params.get('run');

  const setRunId = useMemo(
    () => (id: string) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          next.set('run', id);
          return next;
        },
        { replace: true },
      ),
    [setParams],
  );

  useEffect(() => {
    if (runId !== null) return;
    const abort = new AbortController();
    fetchLatestRun(workflowId, abort.signal).then(
      (run) => {
        if (run && !isTerminal(run.status)) setRunId(run.id);
      },
      // Not knowing of an older run does not keep anybody from building.
      () => undefined,
    );
    return () => abort.abort();
  }, [workflowId, runId, setRunId]);

  useEffect(() => {
    if (runId === null) return;
    const abort = new AbortController();
    const wasGoing = () => {
      const status = useBuilder.getState().run?.status;
      return status !== undefined && !isTerminal(status);
    };
    void (async () => {
      try {
        await loadRun(runId, abort.signal);
        const going = wasGoing();
        await follow(runId, abort.signal);
        if (going && !abort.signal.aborted) sayEnd();
        // Who is signed in says then which roles are left.
        if (lostItsRole()) void queries.invalidateQueries({ queryKey: ['me'] });
      } catch (error) {
        if (error instanceof ApiError && !abort.signal.aborted) useBuilder.getState().clearRun();
      }
    })();
    return () => abort.abort();
  }, [runId, queries]);

  const send = async (given: { mode?: RunMode | undefined; parameters?: Record<string, string> }) => {
    if (!(await saving.flush())) throw new Error('The draft is not saved yet, so it was not run.');
    return startRun(workflowId, saving.revision(), given);
  };

  const start = useMutation({
    mutationFn: (mode: RunMode | undefined) => send({ mode }),
    onSuccess: (started) => {
      const state = useBuilder.getState();
      state.beginRun(started);
      state.showDrawer('data');
      void queries.removeQueries({ queryKey: ['result'] });
      setRunId(started);
    },
    onError: (error, mode) => {
      if (askedForConsent(error, () => start.mutate(mode))) return;
      const problems = error instanceof ApiError ? error.body.problems : undefined;
      if (problems) {
        const { setServerFindings, showDrawer } = useBuilder.getState();
        setServerFindings({ problems, plan: [] });
        showDrawer('problems');
      }
      showToast(problems ? 'The workflow has problems, so it was not run.' : messageOf(error));
    },
  });

  const startWith = useMutation({
    mutationFn: (parameters: Record<string, string>) => send({ parameters }),
    onSuccess: (started) => {
      useBuilder.getState().beginRun(started);
      setRunId(started);
    },
  });

  const cancel = useMutation({
    mutationFn: cancelRun,
    onError: (error) => showToast(messageOf(error)),
  });

  const { mutate: startNow, isPending: starting } = start;
  const { mutateAsync: startWithNow } = startWith;
  const { mutate: cancelNow, isPending: cancelling } = cancel;
  return useMemo(() => {
    const begin = (mode?: RunMode) => {
      const { run, nodes } = useBuilder.getState();
      if (nodes.length > 0 && !starting && (!run || isTerminal(run.status))) startNow(mode);
    };
    return {
      start: begin,
      startTo: () => {
        const to = selectSingleId(useBuilder.getState());
        if (to !== undefined) begin({ to });
      },
      startFrom: () => {
        const from = selectSingleId(useBuilder.getState());
        const { run } = useBuilder.getState();
        if (from !== undefined && run) begin({ from, runId: run.id });
      },
      startWith: startWithNow,
      cancel: () => {
        const { run } = useBuilder.getState();
        if (run && !isTerminal(run.status)) cancelNow(run.id);
      },
      starting,
      cancelling,
    };
  }, [startNow, startWithNow, cancelNow, starting, cancelling]);
}
