import type { Values } from '../parser/query-tree';
import { syntaxError } from '../statements/warehouse-error';
import { castTo, commonType } from './coercion';
import type { CompiledQuery, Environment } from './environment';

/** VALUES as a query: its columns are COLUMN1, COLUMN2, … and have one type each. */
export function compileValues(values: Values, env: Environment): CompiledQuery {
  const width = values.rows[0]?.length ?? 0;
  if (values.rows.some((row) => row.length !== width)) {
    throw syntaxError('unexpected row of another length in VALUES', values.at);
  }
  const rows = values.rows.map((row) => row.map((item) => env.expression(item)));
  const columns = Array.from({ length: width }, (_, index) => {
    const cells = rows.flatMap((row) => row[index] ?? []);
    return {
      name: `COLUMN${index + 1}`,
      type: commonType(cells, values.at),
      nullable: cells.some(({ nullable }) => nullable),
      untyped: cells.every(({ isNull }) => isNull),
    };
  });
  const lines = rows.map((row) => {
    const cells = row.map((item, index) => castTo(item, columns[index]?.type ?? item.type).sql);
    return `(${cells.join(', ')})`;
  });
  const names = columns.map((_, index) => `c${index}`).join(', ');
  return { sql: `SELECT * FROM (VALUES ${lines.join(', ')}) v(${names})`, columns };
}
