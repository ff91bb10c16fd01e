import { queryOptions } from '@tanstack/react-query';
import { fetchMe } from '../../api/auth';

/** Who is signed in, with the roles and warehouses to choose from. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => fetchMe(signal),
  staleTime: 60_000,
});
