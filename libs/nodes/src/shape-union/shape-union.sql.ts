import type { Column } from '@snowflow/contracts/documents/column';
import { columnNamed } from '../kit/column-checks';
import { isSpelledType } from '../kit/column-types';
import { columnsAlone } from '../kit/needed';
import { inputsAt } from '../kit/relations';
import { identifier, join, sql, SqlFragment, trusted } from '../kit/sql/sql-fragment';
import type { Needed, Relation, SqlNode } from '../kit/sql-node';
import type { ShapeUnionConfig } from './shape-union.definition';

/** The live inputs under each other. The columns stay those of all inputs, so that a dead branch changes no schema. */
export const shapeUnionSql: SqlNode<ShapeUnionConfig> = {
  type: 'shape.union',
  compose(config, inputs, { columns, needed }) {
    const { all } = config;
    const live = inputsAt(inputs, 'in');
    // UNION drops repeated rows; with one live input there is no UNION that would.
    const distinct = trusted(!all && live.length === 1 ? 'DISTINCT ' : '');
    const arms = live.map((input) => {
      const list = matched(config, input, columns, needed).map(([column, source]) => armColumn(column, source));
      return sql`SELECT ${distinct}${join(list)} FROM ${input.from}`;
    });
    return { query: join(arms, all ? ' UNION ALL ' : ' UNION ') };
  },
  columnsNeeded: (config, inputs, { columns, needed }) => ({
    in: (inputs.in ?? []).map((input) => {
      const matches = input ? matched(config, input, columns, needed) : [];
      return columnsAlone(matches.flatMap(([, source]) => source?.name ?? []));
    }),
  }),
};

/** Each column with the input's that stands in it. Whether a row is repeated is a matter of all columns, needed or not. */
function matched(
  { all, byName }: ShapeUnionConfig,
  input: Relation,
  columns: readonly Column[],
  needed: Needed | undefined,
): [Column, Column | undefined][] {
  const pairs = columns.map((column, index): [Column, Column | undefined] => [
    column,
    byName ? columnNamed(input.columns, column.name) : input.columns[index],
  ]);
  return all && needed ? pairs.filter(([column]) => needed.columns.has(column.name)) : pairs;
}

function armColumn(column: Column, source: Column | undefined): SqlFragment {
  const as = identifier(column.name);
  if (!source) {
    const empty = isSpelledType(column.type) ? `CAST(NULL AS ${column.type})` : 'NULL';
    return sql`${trusted(empty)} AS ${as}`;
  }
  return source.name === column.name ? as : sql`${identifier(source.name)} AS ${as}`;
}
