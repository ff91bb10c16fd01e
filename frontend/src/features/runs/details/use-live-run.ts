import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { fetchRun } from '../../../api/runs';
import type { Run } from '../../../api/types';
import { afterEvent, afterReading, type RunProgress } from '../../../store/run-progress';
import { awaitsProfiles } from '../profile/awaits-profiles';
import { watchRun } from '../watch-run';

/** For what no event says: whose place a queued run waits for, and Snowflake's numbers after its end. */
const UNTOLD_EVERY_MS = 3_000;

/** A run with everything it has said so far. */
export type LiveRun = Run & RunProgress;

/** A run, kept up to date by its events for as long as it is looked at. */
export function useLiveRun(id: string) {
  const queries = useQueryClient();
  const [reconnecting, setReconnecting] = useState(false);
  const query = useQuery({
    queryKey: ['run', id],
    queryFn: async ({ signal }) => {
      const read = await fetchRun(id, signal);
      return afterReading(queries.getQueryData<LiveRun>(['run', id]), read);
    },
    // The events say what is new; what was left out of them is read when they say that there is something.
    staleTime: Infinity,
    refetchInterval: ({ state: { data: run } }) =>
      run !== undefined && (run.status === 'queued' || awaitsProfiles(run, Date.now())) && UNTOLD_EVERY_MS,
  });
  const found = query.data !== undefined;

  useEffect(() => {
    if (!found) return;
    const abort = new AbortController();
    const key = ['run', id];
    const wasOver = isTerminal(queries.getQueryData<LiveRun>(key)?.status ?? 'queued');
    void watchRun(id, abort.signal, {
      onEvent: (event) => queries.setQueryData<LiveRun>(key, (run) => run && afterEvent(run, event)),
      onReconnecting: setReconnecting,
      reload: async () => {
        if (wasOver) return;
        const read = await fetchRun(id, abort.signal);
        queries.setQueryData<LiveRun>(key, (run) => afterReading(run, read));
        if (isTerminal(read.status)) void queries.invalidateQueries({ queryKey: ['runs'] });
      },
    }).catch(() => undefined);
    return () => abort.abort();
  }, [id, found, queries]);

  return { query, reconnecting };
}
