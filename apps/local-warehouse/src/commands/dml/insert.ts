import type { TableEntry } from '../../catalog/catalog-entries';
import { identifier } from '../../engine/quote';
import type { StatementTree } from '../../parser/statement-tree';
import { statementTypes } from '../../results/result';
import { CompileContext } from '../../sql/compile-context';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { CteScope } from '../../sql/environment';
import { QueryCompiler } from '../../sql/query-compiler';
import { Scope } from '../../sql/scope';
import type { Statement } from '../../statements/statement';
import { bindValues, needWarehouse, runTogether } from '../../statements/run-on-connection';
import { WarehouseError } from '../../statements/warehouse-error';
import { rowCountColumns, rowCountResult } from '../status-result';
import { assigned, defaultValue, inOwnNames, writtenColumns } from './assignment';
import { writableTable } from './writable-table';

const counted = 'number of rows inserted';

/** INSERT INTO and INSERT OVERWRITE INTO. */
export function compileInsert(tree: Extract<StatementTree, { t: 'insert' }>, statement: Statement): CompiledStatement {
  const context = new CompileContext(statement);
  const rows = bulkRows(statement);
  context.manyRows = rows !== undefined;
  const table = writableTable(tree.table, context.access);
  const source = insertSource(tree, table, context);
  return {
    columns: rowCountColumns([counted]),
    statementTypeId: statementTypes.insert,
    reads: context.tables,
    run: async () => {
      needWarehouse(statement);
      await statement.wait(context.waitMs);
      for (const prepare of context.preparations) await prepare();
      const count = await statement.session.account.locks.run(table.physical, () =>
        insert(source, table, tree.overwrite, statement, context, rows),
      );
      return rowCountResult([[counted, count]], statementTypes.insert);
    },
  };
}

/** How many rows array binds stand for. */
function bulkRows({ request }: Statement): number | undefined {
  const lengths = new Set(request.binds.flatMap(({ value }) => (Array.isArray(value) ? [value.length] : [])));
  if (lengths.size === 0) return undefined;
  const [length = 0] = lengths;
  if (lengths.size > 1) throw new WarehouseError('002049', '42601', 'Array binds of different lengths');
  return length;
}

/** The query that makes the rows, with a value for every column of the table. */
function insertSource(
  tree: Extract<StatementTree, { t: 'insert' }>,
  table: TableEntry,
  context: CompileContext,
): string {
  const compiler = new QueryCompiler(context);
  const query = compiler.query(tree.query);
  const columns = writtenColumns(table, tree.columns);
  if (query.columns.length !== columns.length) {
    throw new WarehouseError(
      '002020',
      '21S01',
      `SQL compilation error:\nInsert value list does not match column list expecting ${columns.length} but got ${query.columns.length}`,
      tree.at,
    );
  }
  const env = compiler.environment(new Scope(undefined), new CteScope());
  const values = table.columns.map((column) => {
    const index = columns.indexOf(column);
    const given = query.columns[index];
    return given ? assigned({ ...given, sql: `q.c${index}`, at: tree.at }, column) : defaultValue(table, column, env);
  });
  return `SELECT ${values.map((value, index) => `${value} AS c${index}`).join(', ')} FROM (${query.sql}) q`;
}

async function insert(
  source: string,
  table: TableEntry,
  overwrite: boolean,
  statement: Statement,
  context: CompileContext,
  rows: number | undefined,
): Promise<number> {
  const names = table.columns.map(({ physical }) => identifier(physical)).join(', ');
  const into = `INSERT INTO ${table.physical} (${names})`;
  try {
    return await runTogether(statement, async (connection) => {
      let values = source;
      if (overwrite && source.includes(table.physical)) {
        // What is read from the table itself has to be read before the table is emptied.
        await connection.run(
          `CREATE OR REPLACE TEMP TABLE overwrite_source AS ${source}`,
          bindValues(statement, context.binds),
        );
        values = 'SELECT * FROM overwrite_source';
      }
      if (overwrite) await connection.run(`DELETE FROM ${table.physical}`);
      if (rows === undefined) {
        const binds = values === source ? bindValues(statement, context.binds) : undefined;
        return (await connection.run(`${into} ${values}`, binds)).rowsChanged;
      }
      let count = 0;
      for (let row = 0; row < rows; row++) {
        statement.throwIfInterrupted();
        count += (await connection.run(`${into} ${values}`, bindValues(statement, context.binds, row))).rowsChanged;
      }
      return count;
    });
  } catch (error) {
    throw inOwnNames(error, table);
  }
}
