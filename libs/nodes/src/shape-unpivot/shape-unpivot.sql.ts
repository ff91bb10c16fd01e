import { columnNamed } from '../kit/column-checks';
import { isSpelledType } from '../kit/column-types';
import { columnsAlone, neededOf } from '../kit/needed';
import { columnList, inputAt, namesOf } from '../kit/relations';
import { bind, identifier, join, sql, SqlFragment, trusted } from '../kit/sql/sql-fragment';
import type { Needed, SqlNode } from '../kit/sql-node';
import { keptColumns, ShapeUnpivotConfig } from './shape-unpivot.definition';

/**
 * Every row once for each column, by its number, so that the input is read once. UNPIVOT wants equal types to the last digit and has no
 * say over the names.
 */
export const shapeUnpivotSql: SqlNode<ShapeUnpivotConfig> = {
  type: 'shape.unpivot',
  compose(config, inputs, { columns, needed }) {
    const input = inputAt(inputs, 'in');
    const type = columnNamed(columns, config.valueColumn)?.type ?? '';
    const value = config.columns.map((name, index) => sql`WHEN ${number(index)} THEN ${valueOf(name, type)}`);
    const isComputed = (name: string) => computes(config, name, needed);
    const kept = namesOf(keptColumns(config, input.columns)).filter(isComputed);
    const turned = [
      ...kept.map((name) => sql`${identifier('l', name)} AS ${identifier(name)}`),
      ...[config.nameColumn]
        .filter(isComputed)
        .map((name) => sql`CAST("t"."name" AS VARCHAR(16777216)) AS ${identifier(name)}`),
      ...[config.valueColumn]
        .filter(isComputed)
        .map((name) => sql`CASE "t"."number" ${join(value, ' ')} END AS ${identifier(name)}`),
    ];
    const names = join(config.columns.map((name, index) => sql`(${number(index)}, ${bind(name)})`));
    const rows = sql`SELECT ${join(turned)} FROM ${input.from} AS "l" CROSS JOIN (VALUES ${names}) AS "t" ("number", "name")`;
    if (config.includeNulls) return { query: rows };
    const present = sql`${identifier(config.valueColumn)} IS NOT NULL`;
    return { query: sql`SELECT ${columnList(namesOf(neededOf(columns, needed)))} FROM (${rows}) WHERE ${present}` };
  },
  columnsNeeded(config, inputs, { needed }) {
    const kept = namesOf(keptColumns(config, inputAt(inputs, 'in').columns));
    const turned = computes(config, config.valueColumn, needed) ? config.columns : [];
    return { in: [columnsAlone([...kept.filter((name) => needed.columns.has(name)), ...turned])] };
  },
};

/** What is needed, and the value where rows without one are left out. */
function computes(
  { valueColumn, includeNulls }: ShapeUnpivotConfig,
  name: string,
  needed: Needed | undefined,
): boolean {
  return !needed || needed.columns.has(name) || (name === valueColumn && !includeNulls);
}

const number = (index: number): SqlFragment => trusted(String(index + 1));

function valueOf(name: string, type: string): SqlFragment {
  const column = identifier('l', name);
  return isSpelledType(type) ? sql`CAST(${column} AS ${trusted(type)})` : column;
}
