import type { MeasureFunction } from '@snowflow/nodes/kit/measures';
import type { WrittenMeasure } from './phrases';
import type { TokenReader } from './token-reader';
import type { Vocabulary } from './vocabulary';

const FUNCTIONS: Readonly<Record<string, MeasureFunction>> = {
  sum: 'sum',
  total: 'sum',
  average: 'avg',
  avg: 'avg',
  mean: 'avg',
  min: 'min',
  minimum: 'min',
  smallest: 'min',
  lowest: 'min',
  max: 'max',
  maximum: 'max',
  largest: 'max',
  highest: 'max',
  median: 'median',
};

/** "sum of X", "average X as Y", "count of rows", "number of different X". */
export function readMeasure(reader: TokenReader, names: Vocabulary): WrittenMeasure | undefined {
  const measure = reader.attempt(() => readCount(reader, names)) ?? reader.attempt(() => readFunction(reader, names));
  if (!measure) return undefined;
  const as = reader.attempt(() => (reader.word('as') ? reader.name() : undefined));
  return { ...measure, ...(as === undefined ? {} : { as }) };
}

function readFunction(reader: TokenReader, names: Vocabulary): WrittenMeasure | undefined {
  const word = reader.word(...Object.keys(FUNCTIONS));
  const called = word === undefined ? undefined : FUNCTIONS[word];
  if (!called) return undefined;
  reader.word('of');
  reader.word('the');
  const opened = reader.word('(') !== undefined;
  const column = reader.name((text) => names.isColumn(text));
  if (opened) reader.word(')');
  return column === undefined ? undefined : { function: called, column };
}

/** What is counted without naming a column are rows. */
function readCount(reader: TokenReader, names: Vocabulary): WrittenMeasure | undefined {
  const isCount =
    reader.word('count', 'count_rows') !== undefined || reader.phrase('number of') || reader.phrase('how many');
  if (!isCount) return undefined;
  reader.word('of');
  reader.word('the');
  const isDistinct = reader.word('distinct', 'different', 'unique') !== undefined;
  const column = reader.name((text) => names.isColumn(text));
  if (column !== undefined) return { function: isDistinct ? 'countDistinct' : 'count', column };
  if (isDistinct) return undefined;
  reader.word('rows', 'row', 'records');
  return { function: 'count' };
}
