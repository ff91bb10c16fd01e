import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { fetchSignInOptions } from '../../api/auth';
import type { SignInOptions } from '../../api/types';
import { accountName } from './account-name';

const QUIET_MS = 500;
const SHORTEST = 3;

/** How the typed account lets people in, asked when the typing has paused. Not knowing it keeps nobody from trying. */
export function useSignInOptions(typed: string): { options: SignInOptions | undefined; error: Error | null } {
  const account = accountName(typed);
  const [asked, setAsked] = useState(account);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(account), QUIET_MS);
    return () => clearTimeout(timer);
  }, [account]);
  const { data, error } = useQuery({
    queryKey: ['sign-in-options', asked],
    queryFn: ({ signal }) => fetchSignInOptions(asked, signal),
    enabled: asked.length >= SHORTEST,
    retry: false,
    staleTime: 60_000,
  });
  const isCurrent = asked === account;
  return { options: isCurrent ? data : undefined, error: isCurrent ? error : null };
}
