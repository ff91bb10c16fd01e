import { queryOptions } from '@tanstack/react-query';
import { fetchPoliciesInForce } from '../../api/policies';

/** What the tenant lets workflows use: where things are picked, what is denied shows as denied. */
export const policiesQuery = queryOptions({
  queryKey: ['policies', 'in-force'],
  queryFn: ({ signal }) => fetchPoliciesInForce(signal),
  staleTime: 60_000,
});
