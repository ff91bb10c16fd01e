import type { Column } from '@snowflow/contracts/documents/column';
import { problem } from './column-checks';
import { familyOf, isFloat, scaleOf, UNKNOWN_TYPE } from './column-types';
import type { NodeProblem } from './node-definition';

/** What a group can be measured by. */
export const MEASURE_FUNCTIONS = [
  'sum',
  'avg',
  'min',
  'max',
  'count',
  'countDistinct',
  'median',
  'stddev',
  'variance',
  'listagg',
  'arrayAgg',
  'anyValue',
] as const;
export type MeasureFunction = (typeof MEASURE_FUNCTIONS)[number];

/** What each function is called. */
export const MEASURE_NAMES: Readonly<Record<MeasureFunction, string>> = {
  sum: 'Sum',
  avg: 'Average',
  min: 'Smallest',
  max: 'Largest',
  count: 'Count',
  countDistinct: 'Count of different values',
  median: 'Median',
  stddev: 'Standard deviation',
  variance: 'Variance',
  listagg: 'List as text',
  arrayAgg: 'List as array',
  anyValue: 'Any value',
};

const NUMERIC: ReadonlySet<MeasureFunction> = new Set(['sum', 'avg', 'median', 'stddev', 'variance']);

/** The type a measure gives; unknown where its column's type is. */
export function measureType(name: MeasureFunction, column: Column | undefined): string {
  if (name === 'count' || name === 'countDistinct') return 'NUMBER(18,0)';
  if (name === 'listagg') return 'VARCHAR(16777216)';
  if (name === 'arrayAgg') return 'ARRAY';
  if (column === undefined || familyOf(column.type) === 'unknown') return UNKNOWN_TYPE;
  if (!NUMERIC.has(name)) return column.type;
  if (isFloat(column.type) || name === 'stddev' || name === 'variance') return 'FLOAT';
  const scale = scaleOf(column.type);
  return name === 'sum' ? `NUMBER(38,${scale})` : `NUMBER(38,${Math.max(scale, Math.min(scale + 6, 12))})`;
}

/** A problem where a measure needs numbers and its column has none. */
export function measureTypeProblems(
  measure: { function: MeasureFunction; as: string },
  column: Column | undefined,
  path: string,
): NodeProblem[] {
  if (column === undefined || !NUMERIC.has(measure.function)) return [];
  const family = familyOf(column.type);
  if (family === 'number' || family === 'unknown' || family === 'semi-structured') return [];
  const message = `“${MEASURE_NAMES[measure.function]}” needs a number, but “${column.name}” is ${column.type}`;
  return [problem('TYPE_MISMATCH', `${path}.column`, message)];
}
