import { useQuery } from '@tanstack/react-query';
import { fetchSignInOptions } from '../../../api/auth';
import { meQuery } from '../../session/me-query';
import { GRANT_KINDS, type GrantKind } from './credential-form';

/** The providers that the tenant has a client of and lets its people sign in by. */
export function useGrantKinds(): GrantKind[] {
  const account = useQuery(meQuery).data?.account ?? '';
  const { data } = useQuery({
    queryKey: ['sign-in-options', account],
    queryFn: ({ signal }) => fetchSignInOptions(account, signal),
    enabled: account !== '',
  });
  return GRANT_KINDS.filter((kind) => data?.methods.includes(kind));
}
