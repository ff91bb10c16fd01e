import { ToggleGroup } from 'radix-ui';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { Overview } from '../../../api/tower';
import { EmptyState } from '../../../components/EmptyState';
import type { ChartColumn } from '../../charts/chart-rows';
import { Choice } from '../Choice';
import { FigureTable } from './FigureTable';
import { MEASURES } from './measures';
import '../../../components/Segmented.css';

const ChartDrawing = lazy(async () => ({ default: (await import('../../charts/ChartDrawing')).ChartDrawing }));

/** One figure over time, as a picture or as the table that it is drawn from. */
export function OverTime({ overview }: { overview: Overview }) {
  const [measureId, choose] = useState<string>('runs');
  const [shown, show] = useState<'chart' | 'table'>('chart');
  const measure = MEASURES.find(({ id }) => id === measureId);
  const { bucket, buckets } = overview;
  const byDay = bucket === 'day';
  const { chart, columns, rows } = useMemo(() => {
    const label = measure?.label ?? '';
    const when: ChartColumn = byDay ? { name: 'Day', type: 'TIMESTAMP_TZ' } : { name: 'Hour', type: 'TEXT' };
    return {
      chart: {
        mark: 'bar' as const,
        encoding: {
          x: { field: when.name, ...(byDay ? { timeUnit: 'yearmonthdate' as const } : {}) },
          y: { field: label },
        },
      },
      columns: [when, { name: label, type: 'NUMBER' }],
      rows: buckets.map((one) => [byDay ? one.at : bucketText(one.at, bucket), measure ? one[measure.id] : null]),
    };
  }, [buckets, bucket, byDay, measure]);
  return (
    <section className="tower-card" aria-label="Over time">
      <header>
        <h2>{byDay ? 'By day, UTC' : 'By hour, UTC'}</h2>
        <div className="tower-bar">
          <Choice label="Figure" value={measureId} options={MEASURES} onChange={choose} />
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
      </header>
      {shown === 'table' ? (
        <FigureTable
          name="over-time"
          caption="Figures over time"
          what={byDay ? 'Day' : 'Hour'}
          totals={overview.totals}
          rows={buckets.map((one) => ({ key: one.at, name: bucketText(one.at, bucket), figures: one }))}
        />
      ) : (
        <div className="tower-chart">
          <Suspense fallback={<EmptyState title="Drawing the chart." text="" />}>
            <ChartDrawing chart={chart} columns={columns} rows={rows} />
          </Suspense>
        </div>
      )}
    </section>
  );
}

/** `2026-03-01`, or with the hour. */
const bucketText = (at: string, bucket: Overview['bucket']) =>
  bucket === 'day' ? at.slice(0, 10) : `${at.slice(5, 10)} ${at.slice(11, 16)}`;
