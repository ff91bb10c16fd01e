import { columnList, inputAt, namesOf } from '../kit/relations';
import { sql } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import { queryOverInputs } from './query-over-inputs';
import type { ShapeSqlConfig } from './shape-sql.definition';

/** The person's SELECT as a subquery, in which each input has its name; only the columns that its node gives are there. */
export const shapeSqlSql: SqlNode<ShapeSqlConfig> = {
  type: 'shape.sql',
  compose(config, inputs, { columns, parameters }) {
    const relations = config.inputs.map((input) => {
      const relation = inputAt(inputs, input);
      return { input, query: sql`SELECT ${columnList(namesOf(relation.columns))} FROM ${relation.from}` };
    });
    return {
      query: sql`SELECT ${columnList(namesOf(columns))} FROM (${queryOverInputs(config.sql, relations, parameters)})`,
    };
  },
};
