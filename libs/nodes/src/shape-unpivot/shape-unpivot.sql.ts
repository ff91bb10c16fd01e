import { columnNamed } from '../kit/column-checks';
import { isSpelledType } from '../kit/column-types';
import { columnList, inputAt, namesOf } from '../kit/relations';
import { bind, identifier, join, sql, SqlFragment, trusted } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import { keptColumns, ShapeUnpivotConfig } from './shape-unpivot.definition';

/**
 * Every row once for each column, by its number, so that the input is read once. UNPIVOT wants equal types to the last digit and has no
 * say over the names.
 */
export const shapeUnpivotSql: SqlNode<ShapeUnpivotConfig> = {
  type: 'shape.unpivot',
  compose(config, inputs, { columns }) {
    const input = inputAt(inputs, 'in');
    const type = columnNamed(columns, config.valueColumn)?.type ?? '';
    const value = config.columns.map((name, index) => sql`WHEN ${number(index)} THEN ${valueOf(name, type)}`);
    const turned = [
      ...keptColumns(config, input.columns).map(({ name }) => sql`${identifier('l', name)} AS ${identifier(name)}`),
      sql`CAST("t"."name" AS VARCHAR(16777216)) AS ${identifier(config.nameColumn)}`,
      sql`CASE "t"."number" ${join(value, ' ')} END AS ${identifier(config.valueColumn)}`,
    ];
    const names = join(config.columns.map((name, index) => sql`(${number(index)}, ${bind(name)})`));
    const rows = sql`SELECT ${join(turned)} FROM ${input.from} AS "l" CROSS JOIN (VALUES ${names}) AS "t" ("number", "name")`;
    if (config.includeNulls) return { query: rows };
    const present = sql`${identifier(config.valueColumn)} IS NOT NULL`;
    return { query: sql`SELECT ${columnList(namesOf(columns))} FROM (${rows}) WHERE ${present}` };
  },
};

const number = (index: number): SqlFragment => trusted(String(index + 1));

function valueOf(name: string, type: string): SqlFragment {
  const column = identifier('l', name);
  return isSpelledType(type) ? sql`CAST(${column} AS ${trusted(type)})` : column;
}
