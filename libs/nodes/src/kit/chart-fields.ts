import { z } from 'zod';
import type { FieldHint } from './field-hints';
import { columnField } from './fields';

const AGGREGATES = ['count', 'sum', 'mean', 'median', 'min', 'max', 'distinct', 'stdev'] as const;
const hidden: { ui: FieldHint } = { ui: { widget: 'hidden' } };

/** What a chart shows by one of its means; the names are Vega-Lite's. A count needs no column. */
function channel(label: string, aggregated: boolean) {
  return z
    .strictObject({
      field: columnField({ label: 'Column' }).optional(),
      aggregate: z
        .enum(AGGREGATES)
        .optional()
        .meta({ ui: { label: 'Summed up as', ...(aggregated ? {} : { widget: 'hidden' }) } }),
      type: z.enum(['quantitative', 'temporal', 'ordinal', 'nominal']).optional().meta(hidden),
      title: z.string().max(200).optional().meta(hidden),
      sort: z.enum(['ascending', 'descending', 'x', 'y', '-x', '-y']).optional().meta(hidden),
      stack: z.enum(['zero', 'normalize', 'center']).optional().meta(hidden),
      timeUnit: z
        .enum(['year', 'yearquarter', 'yearmonth', 'yearmonthdate', 'month', 'day', 'hours'])
        .optional()
        .meta(hidden),
      bin: z.boolean().optional().meta(hidden),
    })
    .optional()
    .meta({ ui: { label } });
}

/**
 * How the rows of a result are drawn: a part of Vega-Lite in which nothing can be read from an address and nothing is a formula. The
 * rows themselves never stand in it.
 */
export const chartFields = z.strictObject({
  mark: z
    .enum(['bar', 'line', 'area', 'point', 'tick', 'rect', 'arc'])
    .default('bar')
    .meta({
      ui: {
        label: 'Kind',
        options: {
          bar: 'Bars',
          line: 'Line',
          area: 'Area',
          point: 'Points',
          tick: 'Ticks',
          rect: 'Heat map',
          arc: 'Pie',
        },
      },
    }),
  encoding: z
    .strictObject({
      x: channel('Across', false),
      y: channel('Up', true),
      color: channel('Colour', true),
      theta: channel('Angle of a pie', true),
      size: channel('Size of points', true),
      xOffset: channel('Side by side', false).meta(hidden),
    })
    .optional()
    .meta({ ui: { label: 'What it shows', hint: 'Left empty, the first column that fits' } }),
});

export type ChartConfig = z.infer<typeof chartFields>;
export type ChartChannel = NonNullable<NonNullable<ChartConfig['encoding']>['x']>;
