import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { proposeBinding } from '../../api/credentials';
import { fetchPublication, type PublicationBody, removePublication, savePublication } from '../../api/publications';

export const publicationKey = (workflowId: string) => ['publication', workflowId];

export function usePublication(workflowId: string) {
  return useQuery({
    queryKey: publicationKey(workflowId),
    queryFn: ({ signal }) => fetchPublication(workflowId, signal),
  });
}

/** Publishes, then asks for the use of the credential: until its owner approves, calls are refused and say so. */
export function useSavePublication(workflowId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: PublicationBody) => {
      const saved = await savePublication(workflowId, body);
      await proposeBinding(saved);
      return saved;
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: publicationKey(workflowId) }),
        queries.invalidateQueries({ queryKey: ['credentials'] }),
      ]),
  });
}

export function useRemovePublication(workflowId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => removePublication(workflowId),
    onSuccess: () => queries.invalidateQueries({ queryKey: publicationKey(workflowId) }),
  });
}
