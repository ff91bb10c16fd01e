import { infiniteQueryOptions } from '@tanstack/react-query';
import { fetchDatabases, fetchSchemas, fetchSources } from '../../api/catalog';

const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) => nextCursor,
  staleTime: 5 * 60_000,
};

export const databasesQuery = infiniteQueryOptions({
  queryKey: ['catalog', 'databases'],
  queryFn: ({ pageParam, signal }) => fetchDatabases(pageParam, signal),
  ...paged,
});

export const schemasQuery = (database: string) =>
  infiniteQueryOptions({
    queryKey: ['catalog', 'schemas', database],
    queryFn: ({ pageParam, signal }) => fetchSchemas(database, pageParam, signal),
    ...paged,
  });

export const sourcesQuery = (database: string, schema: string) =>
  infiniteQueryOptions({
    queryKey: ['catalog', 'sources', database, schema],
    queryFn: ({ pageParam, signal }) => fetchSources(database, schema, pageParam, signal),
    ...paged,
  });
