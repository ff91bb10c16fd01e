import type { Column } from '@snowflow/contracts/documents/column';
import { commonType, familyOf, UNKNOWN_TYPE } from '../kit/column-types';
import type { ScalarValue } from '../kit/comparison';
import { MeasureFunction, measureType } from '../kit/measures';
import { decimalOf } from '../kit/sql/decimal';

/** What a row can be given from the rows around it. */
export const WINDOW_FUNCTIONS = [
  'rowNumber',
  'rank',
  'denseRank',
  'percentRank',
  'ntile',
  'lag',
  'lead',
  'firstValue',
  'lastValue',
  'sum',
  'avg',
  'min',
  'max',
  'count',
] as const;
export type WindowFunction = (typeof WINDOW_FUNCTIONS)[number];

/** What each function is called. */
export const WINDOW_NAMES: Readonly<Record<WindowFunction, string>> = {
  rowNumber: 'Row number',
  rank: 'Rank',
  denseRank: 'Rank without gaps',
  percentRank: 'Rank as a share',
  ntile: 'Number of its bucket',
  lag: 'Value of an earlier row',
  lead: 'Value of a later row',
  firstValue: 'First value',
  lastValue: 'Last value',
  sum: 'Sum',
  avg: 'Average',
  min: 'Smallest',
  max: 'Largest',
  count: 'Count',
};

/** They number rows, so they take no column. */
const OF_ROWS: ReadonlySet<WindowFunction> = new Set(['rowNumber', 'rank', 'denseRank', 'percentRank', 'ntile']);
const MEASURES: readonly WindowFunction[] = ['sum', 'avg', 'min', 'max', 'count'] satisfies MeasureFunction[];

/** The function as a measure; undefined where it is none. */
export function asMeasure(name: WindowFunction): MeasureFunction | undefined {
  return MEASURES.includes(name) ? (name as MeasureFunction) : undefined;
}

/** Whether a function takes a column: `never`, `always`, or, for counting, as one likes. */
export function takesColumn(name: WindowFunction): 'never' | 'optional' | 'always' {
  if (OF_ROWS.has(name)) return 'never';
  return name === 'count' ? 'optional' : 'always';
}

/** What is first, earlier or next is nothing without an order; measures do without. */
export const needsOrder = (name: WindowFunction): boolean => asMeasure(name) === undefined;

/** Whether a function looks at a stretch of rows that can be chosen. */
export const takesFrame = (name: WindowFunction): boolean =>
  asMeasure(name) !== undefined || name === 'firstValue' || name === 'lastValue';

/** The type a function gives over a column. */
export function windowType(name: WindowFunction, column: Column | undefined, standIn: ScalarValue | undefined): string {
  const measure = asMeasure(name);
  if (measure) return measureType(measure, column);
  if (name === 'percentRank') return 'FLOAT';
  if (OF_ROWS.has(name)) return 'NUMBER(18,0)';
  return standIn === undefined ? (column?.type ?? UNKNOWN_TYPE) : standInType(column?.type ?? UNKNOWN_TYPE, standIn);
}

/** The type that holds a column's values and the value that stands in where there is no row, so that none is cut off. */
function standInType(type: string, standIn: ScalarValue): string {
  const family = familyOf(type);
  if (family === 'text') return 'VARCHAR(16777216)';
  const decimal = family === 'number' && typeof standIn !== 'boolean' ? decimalOf(standIn) : undefined;
  return decimal ? commonType(type, decimal.type) : type;
}
