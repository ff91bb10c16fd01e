import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { lastSession } from '../../session/last-session';
import { endAllSessions, endSession, fetchSessions } from '../../../api/sessions';

const KEY = ['sessions'];

export function useSessions() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => fetchSessions(signal), staleTime: 0 });
}

/** After the session in use has ended there is nothing left to show here. */
function useLeave() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return () => {
    lastSession.forget();
    queries.clear();
    void navigate('/login');
  };
}

export function useEndSession() {
  const queries = useQueryClient();
  const leave = useLeave();
  return useMutation({
    mutationFn: ({ id }: { id: string; current: boolean }) => endSession(id),
    onSuccess: (_done, { current }) => (current ? leave() : queries.invalidateQueries({ queryKey: KEY })),
  });
}

export function useEndAllSessions() {
  const leave = useLeave();
  return useMutation({ mutationFn: endAllSessions, onSuccess: leave });
}
