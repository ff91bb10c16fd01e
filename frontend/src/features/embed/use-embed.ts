import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { ApiError, messageOf } from '../../api/api-error';
import { embedApi, type EmbedApi, type Embedded } from './embed-api';
import { takeFragmentToken } from './embed-options';
import type { HostPage } from './host-page';

export type EmbedState =
  | { state: 'waiting' | 'loading' | 'expired' | 'refused' }
  | { state: 'failed'; message: string }
  | { state: 'shown'; embedded: Embedded; api: EmbedApi };

const LONGEST_TIMER_MS = 2_000_000_000;

/** What the host's token shows. A new token, by the same way, takes the place of one that has expired. */
export function useEmbed(host: HostPage, embedId: string): EmbedState {
  const [token, setToken] = useState(takeFragmentToken);
  const [expired, setExpired] = useState<string>();
  const api = useMemo(() => (token === undefined ? undefined : embedApi(token)), [token]);
  const { data, error } = useQuery({
    // The token stands in no key: keys are shown by tools.
    queryKey: ['embed', useCount(token)],
    queryFn: ({ signal }) => api?.read(signal) ?? Promise.reject(new Error('No token')),
    enabled: api !== undefined,
    retry: false,
    staleTime: Infinity,
  });

  useEffect(() => {
    const stop = host.listen((message) => message.type === 'snowflow:token' && setToken(message.token));
    host.tell({ type: 'snowflow:ready' });
    return stop;
  }, [host]);

  useEffect(() => {
    if (!data || token === undefined) return;
    const leftMs = Date.parse(data.expiresAt) - Date.now();
    const timer = setTimeout(() => setExpired(token), Math.min(Math.max(leftMs, 0), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }, [data, token]);

  if (token === undefined || !api) return { state: 'waiting' };
  if (expired === token) return { state: 'expired' };
  if (error) {
    const isExpired = error instanceof ApiError && error.code === 'EMBED_TOKEN_EXPIRED';
    return isExpired ? { state: 'expired' } : { state: 'failed', message: messageOf(error) };
  }
  if (!data) return { state: 'loading' };
  host.narrow(data.parents);
  if (!host.isAllowed || data.embedId !== embedId) return { state: 'refused' };
  return { state: 'shown', embedded: data, api };
}

/** How many tokens there have been. */
function useCount(token: string | undefined): number {
  const [seen] = useState<(string | undefined)[]>([]);
  if (!seen.includes(token)) seen.push(token);
  return seen.indexOf(token);
}
