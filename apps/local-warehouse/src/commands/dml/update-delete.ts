import { identifier } from '../../engine/quote';
import type { Name } from '../../parser/expression-tree';
import type { Alias, FromItem } from '../../parser/query-tree';
import type { StatementTree } from '../../parser/statement-tree';
import { statementTypes } from '../../results/result';
import { CompileContext } from '../../sql/compile-context';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { CteScope, type Environment } from '../../sql/environment';
import { QueryCompiler } from '../../sql/query-compiler';
import { Scope } from '../../sql/scope';
import { relationSource } from '../../sql/source-compiler';
import type { Statement } from '../../statements/statement';
import { bindValues, needWarehouse, runOnConnection } from '../../statements/run-on-connection';
import { rowCountColumns, rowCountResult } from '../status-result';
import { assigned, inOwnNames, writtenColumn } from './assignment';
import { writableTable } from './writable-table';

interface Target {
  table: ReturnType<typeof writableTable>;
  /** The table under the alias by which conditions know it. */
  sql: string;
  env: Environment;
}

/** A scope in which the table that is changed comes first. */
export function targetOf(name: readonly Name[], alias: Alias, context: CompileContext): Target {
  const table = writableTable(name, context.access);
  const env = new QueryCompiler(context).environment(new Scope(undefined), new CteScope());
  return { table, sql: relationSource(table, alias, name, env), env };
}

const others = (item: FromItem | undefined, env: Environment) => (item ? env.source(item, undefined) : undefined);

export function compileUpdate(tree: Extract<StatementTree, { t: 'update' }>, statement: Statement): CompiledStatement {
  const context = new CompileContext(statement);
  const target = targetOf(tree.table, tree.alias, context);
  const from = others(tree.from, target.env);
  const set = tree.set.map(({ column, value }) => {
    const written = writtenColumn(target.table, column);
    return `${identifier(written.physical)} = ${assigned(target.env.expression(value), written)}`;
  });
  const where = tree.where ? ` WHERE ${target.env.condition(tree.where).sql}` : '';
  const sql = `UPDATE ${target.sql} SET ${set.join(', ')}${from ? ` FROM ${from}` : ''}${where}`;
  return change(sql, target, context, 'update', ['number of rows updated', 'number of multi-joined rows updated']);
}

export function compileDelete(tree: Extract<StatementTree, { t: 'delete' }>, statement: Statement): CompiledStatement {
  const context = new CompileContext(statement);
  const target = targetOf(tree.table, tree.alias, context);
  const using = others(tree.using, target.env);
  const where = tree.where ? ` WHERE ${target.env.condition(tree.where).sql}` : '';
  const sql = `DELETE FROM ${target.sql}${using ? ` USING ${using}` : ''}${where}`;
  return change(sql, target, context, 'delete', ['number of rows deleted']);
}

function change(
  sql: string,
  { table }: Target,
  context: CompileContext,
  kind: 'update' | 'delete',
  names: readonly [string, ...string[]],
): CompiledStatement {
  return {
    columns: rowCountColumns(names),
    statementTypeId: statementTypes[kind],
    reads: context.tables,
    run: async (statement) => {
      needWarehouse(statement);
      await statement.wait(context.waitMs);
      for (const prepare of context.preparations) await prepare();
      const count = await statement.session.account.locks.run(table.physical, async () => {
        try {
          const values = bindValues(statement, context.binds);
          return await runOnConnection(
            statement,
            async (connection) => (await connection.run(sql, values)).rowsChanged,
          );
        } catch (error) {
          throw inOwnNames(error, table);
        }
      });
      return rowCountResult(
        names.map((name, index) => [name, index === 0 ? count : 0] as const),
        statementTypes[kind],
      );
    },
  };
}
