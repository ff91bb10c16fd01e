import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  changeSchedule,
  createSchedule,
  fetchScheduleRuns,
  fetchSchedules,
  fetchTenantSchedules,
  previewTiming,
  removeSchedule,
  runScheduleNow,
  type Timing,
} from '../../api/schedules';

const KEY = ['schedules'];
const OFTEN_MS = 30_000;

export function useSchedules() {
  return useQuery({
    queryKey: [...KEY, 'own'],
    queryFn: ({ signal }) => fetchSchedules(signal),
    refetchInterval: OFTEN_MS,
  });
}

/** For owners and admins of the tenant. */
export function useTenantSchedules() {
  return useQuery({
    queryKey: [...KEY, 'tenant'],
    queryFn: ({ signal }) => fetchTenantSchedules(signal),
    refetchInterval: OFTEN_MS,
  });
}

export function useScheduleRuns(id: string) {
  return useQuery({ queryKey: [...KEY, id, 'runs'], queryFn: ({ signal }) => fetchScheduleRuns(id, signal) });
}

/** The next five times of what is being written, or what is wrong with it. */
export function useNextTimes(timing: Timing) {
  return useQuery({
    queryKey: ['schedule-preview', timing],
    queryFn: ({ signal }) => previewTiming(timing, signal),
    enabled: Boolean(timing.cron ?? timing.every),
    retry: false,
  });
}

function useChange<Variables, Answer>(mutationFn: (variables: Variables) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: KEY }) });
}

export const useCreateSchedule = () => useChange(createSchedule);
export const useChangeSchedule = () => useChange(changeSchedule);
export const useRemoveSchedule = () => useChange(removeSchedule);
export const useRunNow = () => useChange(runScheduleNow);
