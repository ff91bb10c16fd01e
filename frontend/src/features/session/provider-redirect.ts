import { safePath } from './safe-path';

const AUTHORIZE = '/api/v1/auth/oauth/authorize';
const NEXT = 'snowflow:next';

export interface ProviderChoice {
  account: string;
  provider: 'snowflake' | 'external';
  role?: string;
  /** The path of this site to come back to. */
  next: string;
}

/** Where a sign-in through redirects begins. */
export function authorizePath({ account, provider, role, next }: ProviderChoice): string {
  const query = new URLSearchParams({ account, provider, ...(role ? { role } : {}), next });
  return `${AUTHORIZE}?${query.toString()}`;
}

/** The path that the server gave for another sign-in, with the way back here; undefined for anything else. */
export function withNext(authorizeUrl: string | undefined, next: string): string | undefined {
  if (!authorizeUrl?.startsWith(`${AUTHORIZE}?`)) return undefined;
  const query = new URLSearchParams(authorizeUrl.slice(AUTHORIZE.length + 1));
  query.set('next', next);
  return `${AUTHORIZE}?${query.toString()}`;
}

/** Remembers in this tab where to go on, for a sign-in that fails on its way and is tried again. */
export const pendingNext = {
  keep: (next: string) => sessionStorage.setItem(NEXT, next),
  read: (): string => safePath(sessionStorage.getItem(NEXT)),
};
