import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { ApiError, messageOf } from '../../api/api-error';
import { fetchResult } from '../../api/runs';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { Notice } from '../../components/Notice';
import { useLate } from '../../components/use-late';
import { useBuilder } from '../../store/builder-store';
import { RunFailure } from '../runs/RunFailure';
import type { BuilderState } from '../../store/store-types';
import { definitionOf } from '../../store/node-definitions';
import { asJson, asPlainText } from './result-text';
import { ResultText } from './ResultText';

const DataGrid = lazy(async () => ({ default: (await import('./DataGrid')).DataGrid }));
const PAGE = 200;

/** The node that has the rows of another: the one that ends its statement. */
const selectRowsNode =
  (id: string | undefined) =>
  ({ run }: BuilderState): string | undefined =>
    id === undefined ? undefined : (run?.plan.find(({ nodes }) => nodes.includes(id))?.nodes.at(-1) ?? id);

/** The rows that a node gave in the run. */
export function DataTab({ nodeId }: { nodeId: string | undefined }) {
  const runId = useBuilder((state) => state.run?.id);
  const rowsNode = useBuilder(selectRowsNode(nodeId));
  const own = nodeId !== undefined && rowsNode === nodeId;
  const status = useBuilder((state) => (nodeId === undefined ? undefined : state.run?.nodes[nodeId]?.status));
  const error = useBuilder((state) => (nodeId === undefined ? undefined : state.run?.nodes[nodeId]?.error));
  const queryId = useBuilder((state) => (nodeId === undefined ? undefined : state.run?.nodes[nodeId]?.queryId));
  const writes = useBuilder(
    (state) => definitionOf(state.nodes.find(({ id }) => id === nodeId)?.data.type ?? '')?.type === 'output.table',
  );
  const view = useBuilder((state) => state.nodes.find(({ id }) => id === nodeId)?.data.config['view']);
  const rowsLabel = useBuilder((state) => state.nodes.find(({ id }) => id === rowsNode)?.data.label);
  const ready = runId !== undefined && own && status === 'succeeded' && !writes;
  const result = useInfiniteQuery({
    queryKey: ['result', runId, nodeId],
    queryFn: ({ pageParam, signal }) =>
      fetchResult(runId ?? '', nodeId ?? '', { cursor: pageParam, limit: PAGE, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: ready,
    staleTime: Infinity,
  });
  const late = useLate(ready && result.isPending);

  if (runId === undefined) {
    return <EmptyState title="No results yet." text="Run the workflow to see the rows of each node." />;
  }
  if (nodeId === undefined) return <EmptyState title="No node selected." text="Select a node to see its rows." />;
  if (status === 'failed') {
    return (
      <div className="data-message">
        <RunFailure error={error} queryId={queryId} />
      </div>
    );
  }
  if (status === 'skipped') return <EmptyState title="This node was skipped." text="Nothing reached it." />;
  if (status === 'cancelled') return <EmptyState title="This node was cancelled." text="It gave no rows." />;
  if (!own && rowsNode !== undefined) {
    return (
      <EmptyState
        title="This node is part of a longer statement."
        text={`Its rows were not fetched on their own. ${rowsLabel ?? rowsNode} has the statement's rows.`}
        action={<Button onClick={() => useBuilder.getState().select([rowsNode])}>Show {rowsLabel ?? rowsNode}</Button>}
      />
    );
  }
  if (status !== 'succeeded') return <EmptyState title="No rows yet." text="They appear when this node is done." />;
  if (writes) return <EmptyState title="Rows were written." text="This node writes a table and gives no rows here." />;
  if (result.error) {
    const ended = result.error instanceof ApiError && result.error.code === 'RESULT_EXPIRED';
    return (
      <div className="data-message">
        <Notice
          tone="danger"
          title={ended ? 'This result has expired.' : 'The rows could not be read.'}
          action={!ended && <Button onClick={() => void result.refetch()}>Try now</Button>}
        >
          {messageOf(result.error)}
        </Notice>
      </div>
    );
  }
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
        shown={rows.length}
        rowCount={first.rowCount}
        more={result.hasNextPage ? readMore : undefined}
      />
    );
  }
  return (
    <Suspense>
      {view === 'chart' && <Notice title="Charts are not drawn yet.">These are the rows of the chart.</Notice>}
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
