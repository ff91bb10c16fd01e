import { useInfiniteQuery } from '@tanstack/react-query';
import { searchCatalog } from '../../../api/catalog';

const PAGE = 50;
const READING_MS = 2_000;

/** A search as it is typed; asked again while the catalog is still being read behind it. */
export function useCatalogSearch(q: string, kind: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['catalog', 'search', q, kind],
    queryFn: ({ pageParam, signal }) =>
      searchCatalog(
        { q, limit: PAGE, ...(kind ? { kinds: kind } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: q !== '',
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.reading ? READING_MS : false),
  });
}
