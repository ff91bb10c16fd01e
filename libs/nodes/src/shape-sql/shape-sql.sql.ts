import { columnsAlone, neededOf } from '../kit/needed';
import { columnList, inputAt, namesOf } from '../kit/relations';
import { sql } from '../kit/sql/sql-fragment';
import type { SqlNode } from '../kit/sql-node';
import { queryOverInputs } from './query-over-inputs';
import type { ShapeSqlConfig } from './shape-sql.definition';

/** The person's SELECT as a subquery, in which each input has its name; only the columns that its node gives are there. */
export const shapeSqlSql: SqlNode<ShapeSqlConfig> = {
  type: 'shape.sql',
  compose(config, inputs, { columns, parameters, needed }) {
    const relations = config.inputs.map((input) => {
      const relation = inputAt(inputs, input);
      return { input, query: sql`SELECT ${columnList(namesOf(relation.columns))} FROM ${relation.from}` };
    });
    const list = columnList(namesOf(neededOf(columns, needed)));
    return { query: sql`SELECT ${list} FROM (${queryOverInputs(config.sql, relations, parameters)})` };
  },
  // What the SELECT of a person reads is not looked for: it may say *.
  columnsNeeded: (config, inputs) =>
    Object.fromEntries(config.inputs.map((input) => [input, [columnsAlone(namesOf(inputAt(inputs, input).columns))]])),
};
