import type { ChartConfig } from '@snowflow/nodes/kit/chart-fields';
import { useEffect, useMemo, useRef } from 'react';
import { type ChartColumn, chartRows } from './chart-rows';
import { chartSpec, drawnOf } from './chart-spec';
import { chartSummary } from './chart-summary';
import { onThemeChange } from './chart-theme';
import { drawChart, type DrawnChart } from './draw-chart';

interface ChartDrawingProps {
  chart: ChartConfig;
  columns: readonly ChartColumn[];
  rows: readonly (readonly unknown[])[];
}

const LEAST = { width: 240, height: 140 };

/** A chart as a picture that is told in words. */
export function ChartDrawing({ chart, columns, rows }: ChartDrawingProps) {
  const place = useRef<HTMLDivElement>(null);
  const { spec, drawn, values } = useMemo(() => {
    const channels = drawnOf(columns, chart);
    return { spec: chartSpec(columns, chart.mark, channels), drawn: channels, values: chartRows(columns, rows) };
  }, [chart, columns, rows]);

  useEffect(() => {
    const container = place.current;
    if (!container) return;
    let shown: DrawnChart | undefined;
    const fit = () =>
      shown?.resize(Math.max(LEAST.width, container.clientWidth), Math.max(LEAST.height, container.clientHeight));
    const draw = () => {
      shown?.remove();
      // Vega marks the rows that it takes: each drawing gets its own.
      shown = drawChart(
        container,
        spec,
        values.map((row) => ({ ...row })),
      );
      fit();
    };
    draw();
    const sizes = new ResizeObserver(fit);
    sizes.observe(container);
    const stop = onThemeChange(draw);
    return () => {
      stop();
      sizes.disconnect();
      shown?.remove();
    };
  }, [spec, values]);

  return (
    <div className="chart-drawing" role="img" aria-label={chartSummary(columns, chart.mark, drawn, values)}>
      <div ref={place} className="chart-place" aria-hidden />
    </div>
  );
}
