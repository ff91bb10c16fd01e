import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../../api/api-error';
import { fetchSignInOptions } from '../../api/auth';
import type { SignInOptions } from '../../api/types';
import { accountName } from './account-name';

const QUIET_MS = 500;
const SHORTEST = 3;

/** What the account itself is at fault for; anything else says nothing about it. */
const OF_THE_ACCOUNT = new Set(['VALIDATION', 'ACCOUNT_NOT_ALLOWED']);

/** How the typed account lets people in, asked when the typing has paused. Not knowing it keeps nobody from trying. */
export function useSignInOptions(typed: string): {
  options: SignInOptions | undefined;
  accountError: string | undefined;
} {
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
  const accountError = error instanceof ApiError && OF_THE_ACCOUNT.has(error.code) ? error.message : undefined;
  const isCurrent = asked === account;
  return { options: isCurrent ? data : undefined, accountError: isCurrent ? accountError : undefined };
}
