import type { Column } from '@snowflow/contracts/documents/column';
import { columnNamed } from '../kit/column-checks';
import { isSpelledType } from '../kit/column-types';
import { inputsAt } from '../kit/relations';
import { identifier, join, sql, SqlFragment, trusted } from '../kit/sql/sql-fragment';
import type { Relation, SqlNode } from '../kit/sql-node';
import type { ShapeUnionConfig } from './shape-union.definition';

/** The live inputs under each other. The columns stay those of all inputs, so that a dead branch changes no schema. */
export const shapeUnionSql: SqlNode<ShapeUnionConfig> = {
  type: 'shape.union',
  compose({ all, byName }, inputs, { columns }) {
    const live = inputsAt(inputs, 'in');
    // UNION drops repeated rows; with one live input there is no UNION that would.
    const distinct = trusted(!all && live.length === 1 ? 'DISTINCT ' : '');
    const arms = live.map((input) => {
      const list = columns.map((column, index) =>
        armColumn(column, byName ? named(input, column) : input.columns[index]),
      );
      return sql`SELECT ${distinct}${join(list)} FROM ${input.from}`;
    });
    return { query: join(arms, all ? ' UNION ALL ' : ' UNION ') };
  },
};

function named(input: Relation, column: Column): Column | undefined {
  return columnNamed(input.columns, column.name);
}

function armColumn(column: Column, source: Column | undefined): SqlFragment {
  const as = identifier(column.name);
  if (!source) {
    const empty = isSpelledType(column.type) ? `CAST(NULL AS ${column.type})` : 'NULL';
    return sql`${trusted(empty)} AS ${as}`;
  }
  return source.name === column.name ? as : sql`${identifier(source.name)} AS ${as}`;
}
