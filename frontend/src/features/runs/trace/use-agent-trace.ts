import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { fetchAgentTrace } from '../../../api/runs';
import type { NodeRun } from '../../../api/types';

const PAGE = 100;
/** No event says that an agent took a step. */
const WHILE_RUNNING_MS = 2_000;

/** What an agent of a run did, page by page; read again and again while it goes on, and once more at its end. */
export function useAgentTrace(runId: string, nodeId: string, status: NodeRun['status']) {
  const queries = useQueryClient();
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['trace', runId, nodeId] });
  }, [queries, runId, nodeId, status]);
  return useInfiniteQuery({
    queryKey: ['trace', runId, nodeId],
    queryFn: ({ pageParam, signal }) => fetchAgentTrace(runId, nodeId, { after: pageParam, limit: PAGE, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    refetchInterval: status === 'running' && WHILE_RUNNING_MS,
  });
}
