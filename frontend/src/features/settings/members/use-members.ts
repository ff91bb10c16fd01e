import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { changeMember, fetchMembers, inviteMember, removeMember } from '../../../api/tenant';

const KEY = ['members'];

export function useMembers() {
  return useQuery({ queryKey: KEY, queryFn: ({ signal }) => fetchMembers(signal) });
}

function useChange<Variables, Answer>(mutationFn: (variables: Variables) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: KEY }) });
}

export const useInviteMember = () => useChange(inviteMember);
export const useChangeMember = () => useChange(changeMember);
export const useRemoveMember = () => useChange(removeMember);
