import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { deleteWorkflow, fetchWorkflows, saveWorkflow } from '../../api/workflows';

export function useWorkflows(search: string) {
  return useInfiniteQuery({
    queryKey: ['workflows', search],
    queryFn: ({ pageParam, signal }) => fetchWorkflows(search, pageParam, signal),
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

export function useDeleteWorkflow() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: deleteWorkflow,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['workflows'] }),
  });
}
