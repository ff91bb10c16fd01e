import type { ChartChannel, ChartConfig } from '@snowflow/nodes/kit/chart-fields';
import type { TopLevelSpec } from 'vega-lite';
import { type ChartColumn, fieldAt, measurementOf } from './chart-rows';

/** The name under which the rows are handed to the drawn chart; they never stand in its description. */
export const ROWS = 'rows';

type Channel = keyof NonNullable<ChartConfig['encoding']>;
const AXES: ReadonlySet<string> = new Set(['x', 'y']);

/** A channel that is drawn: with a column that is there, or a count of rows. */
export interface Drawn {
  channel: Channel;
  given: ChartChannel;
  /** The place of its column; absent for a count of rows. */
  index?: number;
}

/** What is drawn of a config, over the columns that came: what names a column that is not there is left out, and nothing at all means a guess. */
export function drawnOf(columns: readonly ChartColumn[], { mark, encoding = {} }: ChartConfig): Drawn[] {
  const named = (Object.entries(encoding) as [Channel, ChartChannel | undefined][]).flatMap(
    ([channel, given]): Drawn[] => {
      if (given === undefined) return [];
      const index = columns.findIndex(({ name }) => name === given.field);
      if (index >= 0) return [{ channel, given, index }];
      return given.aggregate === 'count' ? [{ channel, given }] : [];
    },
  );
  return named.length > 0 ? named : guessed(columns, mark);
}

/** The first column that names something, against the first number behind it. */
function guessed(columns: readonly ChartColumn[], mark: ChartConfig['mark']): Drawn[] {
  const first = (fits: (column: ChartColumn) => boolean, not = -1) =>
    columns.findIndex((column, index) => index !== not && fits(column));
  const nameAt = first((column) => measurementOf(column) !== 'quantitative');
  const across = nameAt >= 0 ? nameAt : 0;
  const up = first((column) => measurementOf(column) === 'quantitative', across);
  if (columns.length === 0) return [];
  const [nameChannel, numberChannel]: [Channel, Channel] = mark === 'arc' ? ['color', 'theta'] : ['x', 'y'];
  return [
    { channel: nameChannel, given: {}, index: across },
    up >= 0
      ? { channel: numberChannel, given: {}, index: up }
      : { channel: numberChannel, given: { aggregate: 'count' } },
  ];
}

/** The title of a channel, as its axis or legend has it. */
export function titleOf({ given, index }: Drawn, columns: readonly ChartColumn[]): string {
  const name = index === undefined ? undefined : columns[index]?.name;
  if (given.title) return given.title;
  if (given.aggregate === undefined) return name ?? '';
  return name === undefined ? 'Count of rows' : `${given.aggregate} of ${name}`;
}

/** The chart as Vega-Lite draws it. Every part is written here: of the config only words from closed lists and a title get in. */
export function chartSpec(
  columns: readonly ChartColumn[],
  mark: ChartConfig['mark'],
  drawn: readonly Drawn[],
): TopLevelSpec {
  const encoding = Object.fromEntries(drawn.map((one) => [one.channel, encoded(one, columns)]));
  return {
    data: { name: ROWS },
    mark: { type: mark, tooltip: true, ...(mark === 'line' ? { point: true } : {}) },
    encoding,
    // The container says how large it is once it is on the page, and again when that changes.
    width: 300,
    height: 200,
    autosize: { type: 'fit', contains: 'padding' },
  } as TopLevelSpec;
}

function encoded(one: Drawn, columns: readonly ChartColumn[]) {
  const { given, index, channel } = one;
  const column = index === undefined ? undefined : columns[index];
  const counted = given.aggregate === 'count' || given.aggregate === 'distinct';
  const type = given.type ?? (column === undefined || counted ? 'quantitative' : measurementOf(column));
  const temporal = type === 'temporal';
  return {
    ...(index === undefined ? {} : { field: fieldAt(index) }),
    type,
    title: titleOf(one, columns),
    ...(given.aggregate === undefined ? {} : { aggregate: given.aggregate }),
    // The order of the rows is the order of the names, unless another is asked for.
    ...(given.sort !== undefined ? { sort: given.sort } : type === 'nominal' ? { sort: null } : {}),
    ...(given.stack === undefined ? {} : { stack: given.stack }),
    ...(given.bin === undefined ? {} : { bin: given.bin }),
    ...(given.timeUnit === undefined ? {} : { timeUnit: `utc${given.timeUnit}` }),
    ...(temporal && AXES.has(channel) ? { scale: { type: 'utc' } } : {}),
  };
}
