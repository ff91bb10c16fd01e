import { identifier } from '../../engine/quote';
import type { MergeBranch, StatementTree } from '../../parser/statement-tree';
import { statementTypes } from '../../results/result';
import { CompileContext } from '../../sql/compile-context';
import type { CompiledStatement } from '../../sql/compiled-statement';
import type { Environment } from '../../sql/environment';
import type { TableEntry } from '../../catalog/catalog-entries';
import type { Statement } from '../../statements/statement';
import { bindValues, needWarehouse, runTogether } from '../../statements/run-on-connection';
import { typeError, unsupported, WarehouseError } from '../../statements/warehouse-error';
import { rowCountColumns, rowCountResult } from '../status-result';
import { assigned, defaultValue, inOwnNames, writtenColumn, writtenColumns } from './assignment';
import { targetOf } from './update-delete';

const names = {
  insert: 'number of rows inserted',
  update: 'number of rows updated',
  delete: 'number of rows deleted',
} as const;

const duplicateRow = () =>
  new WarehouseError('100090', '42P18', 'Duplicate row detected during DML action', undefined, 'EXECUTION');

export function compileMerge(tree: Extract<StatementTree, { t: 'merge' }>, statement: Statement): CompiledStatement {
  const context = new CompileContext(statement);
  const { table, sql: target, env } = targetOf(tree.table, tree.alias, context);
  if (tree.source.t === 'join') throw unsupported('MERGE from a join; write it as a subquery', tree.source.at);
  const source = env.source(tree.source, undefined);
  const on = env.condition(tree.on).sql;
  const branches = tree.branches.map((branch) => mergeBranch(branch, table, env));
  const sql = `MERGE INTO ${target} USING ${source} ON ${on} ${branches.join(' ')} RETURNING merge_action AS action`;
  const changing = tree.branches.filter(({ t }) => t !== 'insert');
  const conditions = changing.map(({ condition }) => (condition ? env.condition(condition).sql : 'TRUE'));
  const alias = target.split(' ').at(-1) ?? '';
  const twice = `SELECT 1 FROM ${target} JOIN ${source} ON ${on} WHERE ${conditions.join(' OR ')} GROUP BY ${alias}.rowid HAVING count(*) > 1 LIMIT 1`;
  const kinds = (['insert', 'update', 'delete'] as const).filter((kind) => tree.branches.some(({ t }) => t === kind));
  return {
    columns: rowCountColumns(kinds.map((kind) => names[kind])),
    statementTypeId: statementTypes.merge,
    reads: context.tables,
    run: async () => {
      needWarehouse(statement);
      await statement.wait(context.waitMs);
      for (const prepare of context.preparations) await prepare();
      const counts = await statement.session.account.locks.run(table.physical, async () => {
        try {
          return await merge(statement, context, sql, changing.length > 0 ? twice : undefined);
        } catch (error) {
          throw inOwnNames(error, table);
        }
      });
      return rowCountResult(
        kinds.map((kind) => [names[kind], counts.get(kind) ?? 0] as const),
        statementTypes.merge,
      );
    },
  };
}

function merge(
  statement: Statement,
  context: CompileContext,
  sql: string,
  twice: string | undefined,
): Promise<Map<string, number>> {
  const values = bindValues(statement, context.binds);
  return runTogether(statement, async (connection) => {
    if (twice && (await matchesTwice(connection, twice, values))) throw duplicateRow();
    const reader = await connection.runAndReadAll(sql, values);
    const counts = new Map<string, number>();
    for (const [action] of reader.getRowsJson()) {
      const kind = String(action).toLowerCase();
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return counts;
  });
}

type Connection = Parameters<Parameters<typeof runTogether>[1]>[0];

/** Whether one row of the target would be changed by several rows of the source. */
async function matchesTwice(
  connection: Connection,
  sql: string,
  values: ReturnType<typeof bindValues>,
): Promise<boolean> {
  const prepared = await connection.prepare(sql);
  try {
    for (let index = 1; index <= values.length; index++) {
      if (new RegExp(`\\$${index}\\b`).test(sql)) prepared.bindValue(index, values[index - 1] ?? null);
    }
    return (await prepared.runAndReadAll()).currentRowCount > 0;
  } finally {
    prepared.destroySync();
  }
}

function mergeBranch(branch: MergeBranch, table: TableEntry, env: Environment): string {
  const condition = branch.condition ? ` AND ${env.condition(branch.condition).sql}` : '';
  switch (branch.t) {
    case 'delete':
      return `WHEN MATCHED${condition} THEN DELETE`;
    case 'update': {
      const set = branch.set.map(({ column, value }) => {
        const written = writtenColumn(table, column);
        return `${identifier(written.physical)} = ${assigned(env.expression(value), written)}`;
      });
      return `WHEN MATCHED${condition} THEN UPDATE SET ${set.join(', ')}`;
    }
    case 'insert': {
      const columns = writtenColumns(table, branch.columns);
      if (columns.length !== branch.values.length)
        throw typeError(`INSERT of ${branch.values.length} values into ${columns.length} columns`);
      const values = table.columns.map((column) => {
        const value = branch.values[columns.indexOf(column)];
        return value ? assigned(env.expression(value), column) : defaultValue(table, column, env);
      });
      const list = table.columns.map(({ physical }) => identifier(physical)).join(', ');
      return `WHEN NOT MATCHED${condition} THEN INSERT (${list}) VALUES (${values.join(', ')})`;
    }
  }
}
