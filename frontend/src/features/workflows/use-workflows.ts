import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { removeForever, restoreWorkflow, transferWorkflow } from '../../api/sharing';
import { deleteWorkflow, fetchWorkflows, saveWorkflow } from '../../api/workflows';

export function useWorkflows(search: string, which: { trash: boolean; all?: boolean; tag: string }) {
  return useInfiniteQuery({
    queryKey: ['workflows', search, which],
    queryFn: ({ pageParam, signal }) => fetchWorkflows(search, pageParam, signal, 50, which),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (before) => before,
    staleTime: 0,
  });
}

export function useNewWorkflow(onCreated: (id: string) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      saveWorkflow({
        definition: {
          schemaVersion: 1,
          name: 'Untitled workflow',
          description: '',
          parameters: [],
          nodes: [],
          edges: [],
          notes: [],
          groups: [],
        },
      }),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['workflows'] });
      onCreated(id);
    },
  });
}

/** What is done with what is in the trash. */
export function useTrash() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['workflows'] });
  return {
    restore: useMutation({ mutationFn: restoreWorkflow, onSuccess }),
    remove: useMutation({ mutationFn: removeForever, onSuccess }),
  };
}

/** Gives a workflow to somebody else. */
export function useChangeOwner(id: string, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (username: string) => transferWorkflow(id, username),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['workflows'] });
      onDone();
    },
  });
}

export function useDeleteWorkflow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deleteWorkflow,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['workflows'] }),
  });
}
