import { lazy, Suspense, useMemo, useState } from 'react';
import { ToggleGroup } from 'radix-ui';
import { EmptyState } from '../../components/EmptyState';
import { useLate } from '../../components/use-late';
import { rowsText } from '../format/numbers';
import { NodeRows } from '../results/NodeRows';
import { ResultFailure } from '../results/ResultFailure';
import { chartOf } from './chart-of';
import { useChartRows } from './use-chart-rows';
import '../../components/Segmented.css';
import './Chart.css';

const ChartDrawing = lazy(async () => ({ default: (await import('./ChartDrawing')).ChartDrawing }));

interface ChartProps {
  runId: string;
  nodeId: string;
  /** What the node's config says of its chart. */
  chart: unknown;
}

/** The rows of a result as a chart, or as the table that they are. */
export function Chart({ runId, nodeId, chart }: ChartProps) {
  const [shown, show] = useState<'chart' | 'table'>('chart');
  const result = useChartRows(runId, nodeId);
  const late = useLate(result.isPending);
  const wanted = useMemo(() => chartOf(chart), [chart]);

  if (result.error) return <ResultFailure error={result.error} onRetry={() => void result.refetch()} />;
  if (!result.data) return late ? <EmptyState title="Reading rows." text="" /> : null;
  const { columns, rows, rowCount } = result.data;
  if (rowCount === 0) return <EmptyState title="This node returned 0 rows." text="" />;
  return (
    <div className="chart">
      <div className="chart-bar">
        <span>
          {rows.length < rowCount
            ? `Drawn from the first ${rows.length.toLocaleString('en-US')} of ${rowsText(rowCount)}`
            : rowsText(rowCount)}
        </span>
        <ToggleGroup.Root
          type="single"
          className="segmented"
          aria-label="Shown as"
          value={shown}
          onValueChange={(next) => (next === 'chart' || next === 'table') && show(next)}
        >
          <ToggleGroup.Item value="chart">Chart</ToggleGroup.Item>
          <ToggleGroup.Item value="table">Table</ToggleGroup.Item>
        </ToggleGroup.Root>
      </div>
      <div className="chart-body">
        {shown === 'table' ? (
          <NodeRows runId={runId} nodeId={nodeId} />
        ) : (
          <Suspense fallback={<EmptyState title="Drawing the chart." text="" />}>
            <ChartDrawing chart={wanted} columns={columns} rows={rows} />
          </Suspense>
        )}
      </div>
    </div>
  );
}
