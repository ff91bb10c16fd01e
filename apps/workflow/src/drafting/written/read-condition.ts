import type { Operator } from '@snowflow/nodes/kit/comparison';
import type { WrittenCondition } from './phrases';
import type { TokenReader } from './token-reader';
import type { Vocabulary } from './vocabulary';

/** Longer ones first, for "is" begins many of them. */
const OPERATORS: readonly (readonly [string, Operator])[] = [
  ['is not null', 'isNotNull'],
  ['is not empty', 'isNotNull'],
  ['is null', 'isNull'],
  ['is empty', 'isNull'],
  ['is not one of', 'notIn'],
  ['is one of', 'in'],
  ['is not in', 'notIn'],
  ['is in', 'in'],
  ['not in', 'notIn'],
  ['in', 'in'],
  ['is between', 'between'],
  ['between', 'between'],
  ['is at least', 'gte'],
  ['at least', 'gte'],
  ['is at most', 'lte'],
  ['at most', 'lte'],
  ['is greater than', 'gt'],
  ['greater than', 'gt'],
  ['is more than', 'gt'],
  ['more than', 'gt'],
  ['is above', 'gt'],
  ['above', 'gt'],
  ['over', 'gt'],
  ['after', 'gt'],
  ['is less than', 'lt'],
  ['less than', 'lt'],
  ['is below', 'lt'],
  ['below', 'lt'],
  ['under', 'lt'],
  ['before', 'lt'],
  ['contains', 'contains'],
  ['starts with', 'startsWith'],
  ['begins with', 'startsWith'],
  ['ends with', 'endsWith'],
  ['like', 'like'],
  ['is not', 'ne'],
  ['is', 'eq'],
  ['equals', 'eq'],
  ['>=', 'gte'],
  ['<=', 'lte'],
  ['<>', 'ne'],
  ['!=', 'ne'],
  ['>', 'gt'],
  ['<', 'lt'],
  ['=', 'eq'],
];

/** "X > 5", "X is one of 'A', 'B'", "X between 1 and 2", "X is empty". */
export function readCondition(reader: TokenReader, names: Vocabulary): WrittenCondition | undefined {
  return reader.attempt(() => {
    const column = reader.name((text) => names.isColumn(text));
    if (column === undefined) return undefined;
    const operator = OPERATORS.find(([phrase]) => reader.phrase(phrase))?.[1];
    if (operator === undefined) return undefined;
    const values = readValues(reader, operator);
    return values && { column, operator, values };
  });
}

type Value = WrittenCondition['values'][number];

function readValues(reader: TokenReader, operator: Operator): Value[] | undefined {
  if (operator === 'isNull' || operator === 'isNotNull') return [];
  if (operator === 'between') {
    const from = readValue(reader);
    const to = reader.word('and') && readValue(reader);
    return from && to ? [from, to] : undefined;
  }
  if (operator !== 'in' && operator !== 'notIn') {
    const value = readValue(reader);
    return value && [value];
  }
  reader.word('(');
  const values = reader.list(() => readValue(reader));
  reader.word(')');
  return values.length > 0 ? values : undefined;
}

/** A word without quotes is a text too. */
function readValue(reader: TokenReader): Value | undefined {
  const token = reader.peek();
  if (!token || token.kind === 'sign') return undefined;
  reader.next();
  const quoted = /^"(.*)"$/.exec(token.value)?.[1];
  return { text: quoted ?? token.value, isNumber: token.kind === 'number' };
}
