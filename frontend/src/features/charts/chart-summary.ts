import type { ChartConfig } from '@snowflow/nodes/kit/chart-fields';
import { type ChartColumn, type ChartRow, fieldAt, measurementOf } from './chart-rows';
import { type Drawn, titleOf } from './chart-spec';

const KINDS: Record<ChartConfig['mark'], string> = {
  bar: 'Bar chart',
  line: 'Line chart',
  area: 'Area chart',
  point: 'Scatter chart',
  tick: 'Strip chart',
  rect: 'Heat map',
  arc: 'Pie chart',
};

/** A chart in words, for who does not see it: what it shows, of how many rows, and between which values. */
export function chartSummary(
  columns: readonly ChartColumn[],
  mark: ChartConfig['mark'],
  drawn: readonly Drawn[],
  rows: readonly ChartRow[],
): string {
  const names = drawn.map((one) => titleOf(one, columns));
  const count = `${rows.length.toLocaleString('en-US')} ${rows.length === 1 ? 'row' : 'rows'}`;
  return [
    `${KINDS[mark]} of ${names.toReversed().join(' by ')}, ${count}.`,
    ...drawn.flatMap(rangeOf(columns, rows)),
  ].join(' ');
}

/** Between which values a column of numbers lies. What is summed up is not told: its sums are drawn, not its values. */
const rangeOf =
  (columns: readonly ChartColumn[], rows: readonly ChartRow[]) =>
  ({ index, given }: Drawn): string[] => {
    const column = index === undefined ? undefined : columns[index];
    if (index === undefined || !column || given.aggregate || measurementOf(column) !== 'quantitative') return [];
    let least = Infinity;
    let most = -Infinity;
    for (const row of rows) {
      const value = row[fieldAt(index)];
      if (typeof value !== 'number') continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    const text = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 2 });
    return least > most ? [] : [`${column.name} is from ${text(least)} to ${text(most)}.`];
  };
