import { z } from 'zod';
import type { TypeFamily } from './column-types';

/** How a condition compares a column. */
export const OPERATORS = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'notIn',
  'between',
  'contains',
  'startsWith',
  'endsWith',
  'like',
  'ilike',
  'isNull',
  'isNotNull',
] as const;
export type Operator = (typeof OPERATORS)[number];

/** What each operator is called. */
export const OPERATOR_NAMES: Readonly<Record<Operator, string>> = {
  eq: 'is',
  ne: 'is not',
  gt: 'greater than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
  in: 'is one of',
  notIn: 'is none of',
  between: 'between',
  contains: 'contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  like: 'like',
  ilike: 'like, any case',
  isNull: 'is empty',
  isNotNull: 'is not empty',
};

/** How many values an operator takes. */
export function arityOf(operator: Operator): 'none' | 'one' | 'two' | 'many' {
  if (operator === 'isNull' || operator === 'isNotNull') return 'none';
  if (operator === 'in' || operator === 'notIn') return 'many';
  return operator === 'between' ? 'two' : 'one';
}

/** Operators that read text and nothing else. */
export const TEXT_OPERATORS: ReadonlySet<Operator> = new Set(['contains', 'startsWith', 'endsWith', 'like', 'ilike']);

/** A value in a config: a scalar, or a text with `{{ parameters.x }}` in it. */
export const scalarValue = z.union([z.string().max(100_000), z.number(), z.boolean()]);
export type ScalarValue = z.infer<typeof scalarValue>;

/** Whether a value that isn't a template can be compared with a column of that family; a sentence where it can't. */
export function valueFault(family: TypeFamily, value: ScalarValue): string | undefined {
  switch (family) {
    case 'text':
      return typeof value === 'string' ? undefined : 'needs a text';
    case 'number':
      return isNumeric(value) ? undefined : 'needs a number';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'needs true or false';
    case 'date':
      return isDate(value) ? undefined : 'needs a date like 1998-12-01';
    case 'timestamp':
      return isTimestamp(value) ? undefined : 'needs a time like 1998-12-01 13:30:00';
    case 'time':
      return typeof value === 'string' && /^\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/.test(value)
        ? undefined
        : 'needs a time of day like 13:30:00';
    default:
      return undefined;
  }
}

/** Families of parameter types: what a `{{ parameters.x }}` may be compared with. */
export function parameterFault(family: TypeFamily, parameterType: string): string | undefined {
  if (parameterType === 'string') return family === 'number' || family === 'boolean' ? 'is a text' : undefined;
  const own: Readonly<Record<string, readonly TypeFamily[]>> = {
    number: ['number'],
    boolean: ['boolean'],
    date: ['date', 'timestamp'],
    timestamp: ['date', 'timestamp'],
  };
  const free: readonly TypeFamily[] = ['unknown', 'semi-structured', 'other'];
  if (free.includes(family) || own[parameterType]?.includes(family)) return undefined;
  return `is a ${parameterType}`;
}

function isNumeric(value: ScalarValue): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value.trim()));
}

function isDate(value: ScalarValue): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function isTimestamp(value: ScalarValue): boolean {
  if (typeof value !== 'string') return false;
  const [, day, rest] = /^(\d{4}-\d{2}-\d{2})(.*)$/.exec(value) ?? [];
  if (day === undefined || !isDate(day)) return false;
  return rest === '' || /^[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?$/.test(rest ?? '');
}
