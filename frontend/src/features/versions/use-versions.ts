import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchDiff, fetchRevision, fetchRevisions, nameRevision, publishRevision, rollBack } from '../../api/revisions';

/** A revision never changes but for its name, so one read is enough. */
export const revisionQuery = (id: string, revision: number) =>
  queryOptions({
    queryKey: ['revision', id, revision],
    queryFn: () => fetchRevision(id, revision),
    staleTime: Infinity,
  });

export function useRevisions(id: string) {
  return useInfiniteQuery({
    queryKey: ['revisions', id],
    queryFn: ({ pageParam, signal }) => fetchRevisions(id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
  });
}

export function useDiff(id: string, compared: readonly [number, number] | undefined, moves: boolean) {
  const [a, b] = compared ?? [0, 0];
  return useQuery({
    queryKey: ['revision-diff', id, a, b, moves],
    queryFn: async () => ({
      changes: await fetchDiff(id, a, b, moves),
      before: await fetchRevision(id, a),
      after: await fetchRevision(id, b),
    }),
    enabled: compared !== undefined,
    staleTime: Infinity,
  });
}

/** What is done with a revision; the list is read anew afterwards. */
export function useVersionActions(id: string) {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['revisions', id] });
  return {
    name: useMutation({
      mutationFn: ({ revision, name }: { revision: number; name: string | null }) => nameRevision(id, revision, name),
      onSuccess,
    }),
    publish: useMutation({ mutationFn: (revision: number) => publishRevision(id, revision), onSuccess }),
    goBack: useMutation({ mutationFn: (revision: number) => rollBack(id, revision), onSuccess }),
  };
}
