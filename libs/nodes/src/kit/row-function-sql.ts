import { neededOf } from './needed';
import { inputAt, namesOf } from './relations';
import { identifier, join, sql, type SqlFragment } from './sql/sql-fragment';
import type { DeclaredParameters } from './sql/sql-text';
import type { SqlNode } from './sql-node';

/** The call of a model for a row, and which columns of the row it reads. */
interface RowCall<Config> {
  call(config: Config, parameters: DeclaredParameters): SqlFragment;
  reads(config: Config): readonly string[];
}

/** The input's columns and one more. Where nobody needs that one, no model is called; the input's order goes on. */
export function rowFunctionSql<Config extends { as: string }>(
  type: string,
  { call, reads }: RowCall<Config>,
): SqlNode<Config> {
  return {
    type,
    compose(config, inputs, { parameters, needed }) {
      const input = inputAt(inputs, 'in');
      const { hidden, order } = needed?.order === false ? { hidden: [], order: [] } : input;
      const isNeeded = needed?.columns.has(config.as) ?? true;
      const list = [
        ...namesOf(neededOf(input.columns, needed)).map((name) => identifier(name)),
        ...(isNeeded ? [sql`${call(config, parameters)} AS ${identifier(config.as)}`] : []),
        ...hidden.map((name) => identifier(name)),
      ];
      return { query: sql`SELECT ${join(list)} FROM ${input.from}`, hidden, order };
    },
    columnsNeeded(config, inputs, { needed }) {
      const kept = namesOf(neededOf(inputAt(inputs, 'in').columns, needed));
      const read = needed.columns.has(config.as) ? reads(config) : [];
      return { in: [{ ...needed, columns: new Set([...kept, ...read]) }] };
    },
  };
}

/** The same of a function over one column of text. */
export function columnFunctionSql<Config extends { column: string; as: string }>(
  type: string,
  call: (column: SqlFragment, config: Config) => SqlFragment,
): SqlNode<Config> {
  return rowFunctionSql<Config>(type, {
    call: (config) => call(identifier(config.column), config),
    reads: ({ column }) => [column],
  });
}
