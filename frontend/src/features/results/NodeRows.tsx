import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { fetchResult } from '../../api/runs';
import { EmptyState } from '../../components/EmptyState';
import { useLate } from '../../components/use-late';
import { rowsText } from '../format/numbers';
import { asJson, asPlainText } from './result-text';
import { ResultFailure } from './ResultFailure';
import { ResultText } from './ResultText';
import './NodeRows.css';

const DataGrid = lazy(async () => ({ default: (await import('./DataGrid')).DataGrid }));
const PAGE = 200;

interface NodeRowsProps {
  runId: string;
  nodeId: string;
  /** How the result is shown, as its node says: `table` where it says nothing. */
  view?: unknown;
}

const countText = (shown: number, rowCount: number) =>
  shown < rowCount ? `First ${shown.toLocaleString('en-US')} of ${rowsText(rowCount)}` : rowsText(rowCount);

/** The rows that a node gave in a run, read as they are scrolled to. The node has rows of its own and has succeeded. */
export function NodeRows({ runId, nodeId, view }: NodeRowsProps) {
  const result = useInfiniteQuery({
    queryKey: ['result', runId, nodeId],
    queryFn: ({ pageParam, signal }) => fetchResult(runId, nodeId, { cursor: pageParam, limit: PAGE, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: Infinity,
  });
  const late = useLate(result.isPending);

  if (result.error) return <ResultFailure error={result.error} onRetry={() => void result.refetch()} />;
  if (!result.data) return late ? <EmptyState title="Reading rows." text="" /> : null;
  const first = result.data.pages[0];
  if (!first) return null;
  if (first.rowCount === 0) return <EmptyState title="This node returned 0 rows." text="" />;
  const rows = result.data.pages.flatMap((page) => page.rows);
  const readMore = () => {
    if (result.hasNextPage && !result.isFetchingNextPage) void result.fetchNextPage();
  };
  if (view === 'json' || view === 'text') {
    return (
      <ResultText
        text={view === 'json' ? asJson(first.columns, rows) : asPlainText(first.columns, rows)}
        about={countText(rows.length, first.rowCount)}
        more={result.hasNextPage ? readMore : undefined}
      />
    );
  }
  return (
    <Suspense>
      <DataGrid
        key={`${runId} ${nodeId}`}
        columns={first.columns}
        rows={rows}
        rowCount={first.rowCount}
        onEnd={readMore}
      />
    </Suspense>
  );
}
