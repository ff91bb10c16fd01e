import { useQuery } from '@tanstack/react-query';
import { fetchResult } from '../../api/runs';

/** So many rows are drawn at most. */
export const MOST_DRAWN = 5_000;

/** The rows of a result that a chart draws: the first, as many as can be looked at. */
export function useChartRows(runId: string, nodeId: string) {
  return useQuery({
    queryKey: ['result', runId, nodeId, 'chart'],
    queryFn: async ({ signal }) => {
      const first = await fetchResult(runId, nodeId, { cursor: null, limit: MOST_DRAWN, signal });
      const rows = [...first.rows];
      let cursor = first.nextCursor;
      // A page may be shorter than what was asked for.
      while (cursor !== null && rows.length < MOST_DRAWN) {
        const next = await fetchResult(runId, nodeId, { cursor, limit: MOST_DRAWN - rows.length, signal });
        rows.push(...next.rows);
        cursor = next.nextCursor;
      }
      return { columns: first.columns, rows, rowCount: first.rowCount };
    },
    staleTime: Infinity,
  });
}
