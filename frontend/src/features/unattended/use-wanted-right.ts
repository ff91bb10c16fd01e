import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { approveBinding, proposeBinding } from '../../api/credentials';
import { revisionQuery } from '../versions/use-versions';
import { bindingFor, type WantedRight } from './wanted-right';

/** The revision that is to run; nothing is read while it is not chosen. */
export function useChosenRevision(workflowId: string, revision: number | null) {
  return useQuery({
    ...revisionQuery(workflowId, revision ?? 0),
    enabled: workflowId !== '' && revision !== null,
    retry: false,
  });
}

/** Asks for the use of a credential, and approves it where it is one's own. Asking again changes nothing. */
export function useWantedRight(approves: boolean) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (wanted: WantedRight) => {
      const proposed = await proposeBinding(wanted);
      const binding = bindingFor(wanted, proposed);
      if (approves && binding) await approveBinding({ id: proposed.id, bindingId: binding.id });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['credentials'] }),
  });
}
