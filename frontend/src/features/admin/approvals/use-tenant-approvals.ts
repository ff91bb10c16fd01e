import { useQuery } from '@tanstack/react-query';
import { fetchTenantApprovals } from '../../../api/tower';
import { APPROVALS_KEY } from '../../approvals/use-approvals';

const OFTEN_MS = 20_000;

/** All that waits in the tenant. Under the key of the inbox, so that a decision here or there takes it from both. */
export function useTenantApprovals() {
  return useQuery({
    queryKey: [...APPROVALS_KEY, 'tenant'],
    queryFn: ({ signal }) => fetchTenantApprovals(signal),
    refetchInterval: OFTEN_MS,
    staleTime: 0,
  });
}
