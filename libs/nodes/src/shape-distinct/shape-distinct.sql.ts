import { columnsAlone } from '../kit/needed';
import { columnList, inputAt, namesOf } from '../kit/relations';
import { sql } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import type { ShapeDistinctConfig } from './shape-distinct.definition';

/** SELECT DISTINCT of the columns it gives; the order of the input is lost. */
export const shapeDistinctSql: SqlNode<ShapeDistinctConfig> = {
  type: 'shape.distinct',
  compose: (_config, inputs, { columns }) => ({
    query: sql`SELECT DISTINCT ${columnList(namesOf(columns))} FROM ${inputAt(inputs, 'in').from}`,
  }),
  // Whether a row is repeated is a matter of all columns, needed or not.
  columnsNeeded: (_config, _inputs, { columns }) => ({ in: [columnsAlone(namesOf(columns))] }),
};
