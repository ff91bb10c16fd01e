import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchDiff, fetchRevision, fetchRevisions, nameRevision, rollBack } from '../../api/revisions';
import type { Saving } from '../saving/use-saving';

/** A revision never changes but for its name, so one read is enough. */
export const revisionQuery = (id: string, revision: number) =>
  queryOptions({
    queryKey: ['revision', id, revision],
    queryFn: () => fetchRevision(id, revision),
    staleTime: Infinity,
  });

/** `latest` is what this page saved last: the list is read again behind it. */
export function useRevisions(id: string, latest: number) {
  return useInfiniteQuery({
    queryKey: ['revisions', id, latest],
    queryFn: ({ pageParam, signal }) => fetchRevisions(id, pageParam, signal),
    placeholderData: (before) => before,
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
  });
}

export function useDiff(id: string, [a, b]: readonly [number, number], moves: boolean) {
  return useQuery({
    queryKey: ['revision-diff', id, a, b, moves],
    queryFn: async () => ({
      changes: await fetchDiff(id, a, b, moves),
      before: await fetchRevision(id, a),
      after: await fetchRevision(id, b),
    }),
    staleTime: Infinity,
  });
}

/** What is done with a revision; the list is read anew afterwards. */
export function useVersionActions(id: string, saving: Pick<Saving, 'flush'>) {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['revisions', id] });
  return {
    name: useMutation({
      mutationFn: ({ revision, name }: { revision: number; name: string | null }) => nameRevision(id, revision, name),
      onSuccess,
    }),
    goBack: useMutation({
      mutationFn: async (revision: number) => {
        if (!(await saving.flush()))
          throw new Error('What is drawn could not be saved. Look beside the name, then go back.');
        return rollBack(id, revision);
      },
      onSuccess,
    }),
  };
}
