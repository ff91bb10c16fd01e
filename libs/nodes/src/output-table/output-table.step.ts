import { columnList, namesOf, selectAll } from '../kit/relations';
import { identifier, join, sql, SqlFragment, trusted } from '../kit/sql/sql-fragment';
import type { Relation, StatementParts, StepNode } from '../kit/sql-node';
import type { OutputTableConfig } from './output-table.definition';

/** One statement that writes all rows or none. */
export const outputTableStep: StepNode<OutputTableConfig> = {
  type: 'output.table',
  kind: 'write',
  writes: ({ database, schema, table, mode }) => ({ database, schema, table, mode }),
  statement(config, { prelude, input, targetExists }: StatementParts) {
    const table = identifier(config.database, config.schema, config.table);
    const rows = sql`${prelude}${selectAll(input)}`;
    const columns = columnList(namesOf(input.columns));
    if (config.mode === 'merge') return mergeFragment(table, input, prelude, config.keys ?? []);
    if (config.mode === 'append') return sql`INSERT INTO ${table} (${columns}) ${rows}`;
    if (config.mode === 'create' || !targetExists) return sql`CREATE TABLE ${table} AS ${rows}`;
    if (config.recreate === true) return sql`CREATE OR REPLACE TABLE ${table} AS ${rows}`;
    return sql`INSERT OVERWRITE INTO ${table} (${columns}) ${rows}`;
  },
};

function mergeFragment(
  table: SqlFragment,
  input: Relation,
  prelude: SqlFragment,
  keys: readonly string[],
): SqlFragment {
  const names = namesOf(input.columns);
  const rows = sql`${prelude}${selectAll({ ...input, order: [] })}`;
  const source = (name: string) => identifier('s', name);
  const on = join(
    keys.map((key) => sql`"t".${identifier(key)} = ${source(key)}`),
    ' AND ',
  );
  const updated = names.filter((name) => !keys.includes(name));
  const update =
    updated.length === 0
      ? trusted('')
      : sql` WHEN MATCHED THEN UPDATE SET ${join(updated.map((name) => sql`${identifier(name)} = ${source(name)}`))}`;
  const insert = sql` WHEN NOT MATCHED THEN INSERT (${columnList(names)}) VALUES (${join(names.map(source))})`;
  return sql`MERGE INTO ${table} AS "t" USING (${rows}) AS "s" ON ${on}${update}${insert}`;
}
