import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type AuditFilters, fetchAudit, verifyAudit } from '../../../api/audit';

/** What was changed, the newest first, read anew whenever the page is opened. */
export function useAudit(filters: AuditFilters) {
  return useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam, signal }) => fetchAudit(filters, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (before) => before,
    staleTime: 0,
  });
}

/** Walks the whole log once, and again when it is asked to. */
export function useAuditVerification() {
  return useQuery({
    queryKey: ['audit-verification'],
    queryFn: ({ signal }) => verifyAudit(signal),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}
