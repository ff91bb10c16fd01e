import type { Column } from '@snowflow/contracts/documents/column';
import { columnNamed } from '../kit/column-checks';
import { isSpelledType } from '../kit/column-types';
import { measureFragment } from '../kit/measure-fragment';
import { neededOf } from '../kit/needed';
import { columnList, inputAt, namesOf, orderClause } from '../kit/relations';
import { identifier, join, sql, SqlFragment, trusted } from '../kit/sql/sql-fragment';
import type { DeclaredParameters } from '../kit/sql/sql-text';
import type { Needed, Relation, SqlNode } from '../kit/sql-node';
import { valueFragment } from '../kit/value-fragment';
import type { ShapeWindowConfig } from './shape-window.definition';
import type { OverWindow } from './window-function-field';
import { asMeasure, takesFrame } from './window-functions';

/** The input's columns, then one for each function; the input's order goes on. */
export const shapeWindowSql: SqlNode<ShapeWindowConfig> = {
  type: 'shape.window',
  compose(config, inputs, { columns, parameters, needed }) {
    const input = inputAt(inputs, 'in');
    const { hidden, order } = needed?.order === false ? { hidden: [], order: [] } : input;
    const added = functionsOf(config, needed).map((item) => {
      const call = callFragment(item, columnNamed(columns, item.as), input, parameters);
      return sql`${call} OVER (${overFragment(config, item)}) AS ${identifier(item.as)}`;
    });
    const kept = namesOf(neededOf(input.columns, needed)).map((name) => identifier(name));
    const list = [...kept, ...added, ...hidden.map((name) => identifier(name))];
    return { query: sql`SELECT ${join(list)} FROM ${input.from}`, hidden, order };
  },
  columnsNeeded(config, inputs, { needed }) {
    const functions = functionsOf(config, needed);
    const windows = functions.length === 0 ? [] : [...config.partitionBy, ...config.orderBy.map((key) => key.column)];
    const kept = namesOf(neededOf(inputAt(inputs, 'in').columns, needed));
    const read = new Set([...kept, ...windows, ...functions.flatMap(({ column }) => column ?? [])]);
    return { in: [{ ...needed, columns: read }] };
  },
};

function functionsOf({ functions }: ShapeWindowConfig, needed: Needed | undefined): readonly OverWindow[] {
  return needed ? functions.filter(({ as }) => needed.columns.has(as)) : functions;
}

function callFragment(
  item: OverWindow,
  gives: Column | undefined,
  input: Relation,
  parameters: DeclaredParameters,
): SqlFragment {
  const { function: name } = item;
  const column = item.column === undefined ? undefined : identifier(item.column);
  const measure = asMeasure(name);
  if (measure) return measureFragment(measure, column);
  switch (name) {
    case 'rowNumber':
      return sql`ROW_NUMBER()`;
    case 'rank':
      return sql`RANK()`;
    case 'denseRank':
      return sql`DENSE_RANK()`;
    case 'percentRank':
      return sql`PERCENT_RANK()`;
    case 'ntile':
      return sql`NTILE(${whole(item.buckets)})`;
    case 'firstValue':
      return sql`FIRST_VALUE(${column ?? sql`NULL`})`;
    case 'lastValue':
      return sql`LAST_VALUE(${column ?? sql`NULL`})`;
    default:
      return neighbourFragment(item, gives, input, parameters);
  }
}

/** LAG and LEAD. A value that stands in and the column are cast to the one type that holds both. */
function neighbourFragment(
  item: OverWindow,
  gives: Column | undefined,
  input: Relation,
  parameters: DeclaredParameters,
): SqlFragment {
  const called = trusted(item.function === 'lag' ? 'LAG' : 'LEAD');
  const column = identifier(item.column ?? '');
  const offset = whole(item.offset ?? 1);
  if (item.default === undefined) return sql`${called}(${column}, ${offset})`;
  const standIn = valueFragment(columnNamed(input.columns, item.column ?? '')?.type ?? '', item.default, parameters);
  const type = gives?.type ?? '';
  const as = (value: SqlFragment) => (isSpelledType(type) ? sql`CAST(${value} AS ${trusted(type)})` : value);
  return sql`${called}(${as(column)}, ${offset}, ${as(standIn)})`;
}

function overFragment({ partitionBy, orderBy }: ShapeWindowConfig, item: OverWindow): SqlFragment {
  const partition = partitionBy.length === 0 ? trusted('') : sql`PARTITION BY ${columnList(partitionBy)}`;
  const frame = orderBy.length === 0 || !takesFrame(item.function) ? '' : ` ${frameOf(item)}`;
  return sql`${partition}${orderClause(orderBy)}${trusted(frame)}`;
}

/** Written out even where it is Snowflake's own choice, which is another one for measures than for the first and last value. */
function frameOf({ function: name, frame, preceding = 0, following = 0 }: OverWindow): string {
  if (frame === 'running') return 'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';
  if (frame === 'moving') return `ROWS BETWEEN ${bound(preceding, 'PRECEDING')} AND ${bound(following, 'FOLLOWING')}`;
  if (frame === undefined && asMeasure(name)) return 'RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';
  return 'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING';
}

const bound = (rows: number, side: string) => (rows === 0 ? 'CURRENT ROW' : `${rows} ${side}`);

/** A whole number that the schema has checked: Snowflake takes no bind here. */
function whole(number: number | undefined): SqlFragment {
  return trusted(String(Math.trunc(number ?? 1)));
}
