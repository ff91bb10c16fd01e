import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  addOutsideCredential,
  fetchHeldTags,
  fetchOutsideCalls,
  fetchOutsideCredentials,
  fetchOutsideHosts,
  removeOutsideCredential,
  saveHeldTags,
  saveOutsideHosts,
} from '../../../api/outside';

const HOSTS = ['outside-hosts'];
const TAGS = ['held-tags'];
const CREDENTIALS = ['outside-credentials'];

export function useOutsideHosts() {
  return useQuery({ queryKey: HOSTS, queryFn: ({ signal }) => fetchOutsideHosts(signal) });
}

export function useSaveOutsideHosts() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: saveOutsideHosts,
    onSuccess: (hosts) => queries.setQueryData(HOSTS, hosts),
  });
}

export function useHeldTags() {
  return useQuery({ queryKey: TAGS, queryFn: ({ signal }) => fetchHeldTags(signal) });
}

export function useSaveHeldTags() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: saveHeldTags, onSuccess: (tags) => queries.setQueryData(TAGS, tags) });
}

export function useOutsideCredentials() {
  return useQuery({ queryKey: CREDENTIALS, queryFn: ({ signal }) => fetchOutsideCredentials(signal) });
}

/** What was typed is kept no longer than the dialog. */
export function useAddOutsideCredential() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: addOutsideCredential,
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: CREDENTIALS }),
  });
}

export function useRemoveOutsideCredential() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: removeOutsideCredential,
    onSuccess: () => queries.invalidateQueries({ queryKey: CREDENTIALS }),
  });
}

export function useOutsideCalls() {
  return useInfiniteQuery({
    queryKey: ['outside-calls'],
    queryFn: ({ pageParam, signal }) => fetchOutsideCalls(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}
