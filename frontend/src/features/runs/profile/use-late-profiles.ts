import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { useQuery } from '@tanstack/react-query';
import { fetchRun } from '../../../api/runs';
import { useBuilder } from '../../../store/builder-store';
import { awaitsProfiles } from './awaits-profiles';

const AGAIN_AFTER_MS = 3_000;

/** Reads what Snowflake says of the builder's run only after its end. No event tells of it. */
export function useLateProfiles(): void {
  const id = useBuilder(({ run }) => (run && isTerminal(run.status) ? run.id : undefined));
  const missing = useBuilder(({ run }) => run?.statements?.some(({ stats }) => stats === undefined) ?? false);
  useQuery({
    queryKey: ['late-profiles', id],
    enabled: id !== undefined && missing,
    queryFn: async ({ signal }) => {
      const run = await fetchRun(id ?? '', signal);
      if (!signal.aborted) useBuilder.getState().loadRun(run);
      return run;
    },
    refetchInterval: ({ state: { data } }) => data !== undefined && awaitsProfiles(data, Date.now()) && AGAIN_AFTER_MS,
    gcTime: 0,
    staleTime: 0,
  });
}
