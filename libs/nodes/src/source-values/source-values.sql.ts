import { neededOf } from '../kit/needed';
import { bind, identifier, join, sql, SqlFragment, trusted } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import type { Cell } from './literal-types';
import type { SourceValuesConfig } from './source-values.definition';

/**
 * VALUES of texts, each column cast as a whole outside of it: VALUES takes constants and binds, but not every function of them, and one
 * type for each column.
 */
export const sourceValuesSql: SqlNode<SourceValuesConfig> = {
  type: 'source.values',
  compose({ rows }, _inputs, { columns, needed }) {
    if (rows.length === 0) {
      const none = neededOf(columns, needed).map(
        ({ name, type }) => sql`CAST(NULL AS ${trusted(type)}) AS ${identifier(name)}`,
      );
      return { query: sql`SELECT ${join(none)} WHERE FALSE` };
    }
    const lines = rows.map((row) => sql`(${join(row.map(cellFragment))})`);
    const names = columns.map((_, index) => identifier(`c${index + 1}`));
    const list = neededOf(columns, needed).map(({ name, type }) => {
      const value = identifier('v', `c${columns.findIndex((column) => column.name === name) + 1}`);
      return sql`${typed(value, type)} AS ${identifier(name)}`;
    });
    return { query: sql`SELECT ${join(list)} FROM (VALUES ${join(lines)}) AS "v" (${join(names)})` };
  },
  columnsNeeded: () => ({}),
};

function cellFragment(cell: Cell): SqlFragment {
  return cell === null ? trusted('NULL') : bind(String(cell));
}

function typed(column: SqlFragment, type: string): SqlFragment {
  return type === 'VARIANT' ? sql`PARSE_JSON(${column})` : sql`CAST(${column} AS ${trusted(type)})`;
}
