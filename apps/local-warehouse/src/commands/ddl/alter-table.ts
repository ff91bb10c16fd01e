import type { CatalogColumn, RelationEntry, TableEntry } from '../../catalog/catalog-entries';
import { identifier } from '../../engine/quote';
import type { StatementTree, TableChange } from '../../parser/statement-tree';
import { CompileContext } from '../../sql/compile-context';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { CteScope } from '../../sql/environment';
import { QueryCompiler } from '../../sql/query-compiler';
import { Scope } from '../../sql/scope';
import { duckdbType } from '../../sql/snowflake-type';
import type { Statement } from '../../statements/statement';
import { typeError, unsupported } from '../../statements/warehouse-error';
import { defaultValue, writtenColumn } from '../dml/assignment';
import { writableTable } from '../dml/writable-table';
import { ddlCommand } from '../status-result';
import { columnOf } from './create-table';
import { alreadyExists } from './object-errors';
import { retagged } from './tags';

const done = 'Statement executed successfully.';

interface Change {
  to: RelationEntry[];
  from: RelationEntry[];
  fill: string[];
}

/** ALTER TABLE. Columns have names of their own in DuckDB, so most changes touch the definition only. */
export function compileAlterTable(
  tree: Extract<StatementTree, { t: 'alterTable' }>,
  statement: Statement,
): CompiledStatement {
  const context = new CompileContext(statement);
  const name = tree.table.map(({ text }) => text);
  if (tree.ifExists && !context.access.findRelation(name)) return ddlCommand(async () => done);
  return ddlCommand(async () => {
    const table = writableTable(tree.table, context.access);
    const { account } = statement.session;
    await account.locks.run(table.physical, async () => {
      const change = tableChange(table, tree.change, context);
      if (!change) return;
      const changes = change.from.map((from, index) => ({
        from,
        to: { ...(change.to[index] ?? from), alteredAt: Date.now() },
      }));
      await account.catalog.replaceRelations(statement.session, changes, change.fill);
    });
    return done;
  });
}

const only = (from: TableEntry, to: RelationEntry, fill: string[] = []): Change => ({ from: [from], to: [to], fill });

function tableChange(table: TableEntry, change: TableChange, context: CompileContext): Change | undefined {
  switch (change.t) {
    case 'addColumn':
      return addColumn(table, change, context);
    case 'dropColumn':
      return dropColumns(table, change);
    case 'renameColumn': {
      const column = writtenColumn(table, change.from);
      if (table.columns.some(({ name }) => name === change.to.text))
        throw typeError(`column '${change.to.text}' already exists`, change.to.at);
      return only(table, withColumn(table, { ...column, name: change.to.text }));
    }
    case 'rename': {
      const [database, schema, name] = context.access.qualify(change.to.map(({ text }) => text));
      context.access.writableSchema(database, schema);
      if (context.access.findRelation([database, schema, name])) throw alreadyExists(name);
      return only(table, { ...table, database, schema, name });
    }
    case 'swap': {
      const other = writableTable(change.with, context.access);
      const place = ({ database, schema, name }: TableEntry) => ({ database, schema, name });
      return {
        from: [table, other],
        to: [
          { ...table, ...place(other) },
          { ...other, ...place(table) },
        ],
        fill: [],
      };
    }
    case 'comment':
      return only(table, { ...table, comment: change.comment });
    case 'tags': {
      if (!change.column) return only(table, { ...table, tags: retagged(table.tags, change, context.access) });
      const column = writtenColumn(table, change.column);
      return only(table, withColumn(table, { ...column, tags: retagged(column.tags, change, context.access) }));
    }
  }
}

const withColumn = (table: TableEntry, changed: CatalogColumn): TableEntry => ({
  ...table,
  columns: table.columns.map((column) => (column.physical === changed.physical ? changed : column)),
});

function addColumn(
  table: TableEntry,
  change: Extract<TableChange, { t: 'addColumn' }>,
  context: CompileContext,
): Change | undefined {
  const { name } = change.column;
  if (table.columns.some((column) => column.name === name.text)) {
    if (change.ifNotExists) return undefined;
    throw typeError(`column '${name.text}' already exists`, name.at);
  }
  const column = columnOf(change.column, table.columnCount, undefined, { primaryKey: [] });
  if (column.autoIncrement || !column.nullable) throw unsupported('ADD COLUMN with AUTOINCREMENT or NOT NULL', name.at);
  const physical = identifier(column.physical);
  const fill = [`ALTER TABLE ${table.physical} ADD COLUMN ${physical} ${duckdbType(column.type)}`];
  if (column.default !== undefined) {
    const env = new QueryCompiler(context).environment(new Scope(undefined), new CteScope());
    fill.push(`UPDATE ${table.physical} SET ${physical} = ${defaultValue(table, column, env)}`);
  }
  return only(table, { ...table, columns: [...table.columns, column], columnCount: table.columnCount + 1 }, fill);
}

function dropColumns(table: TableEntry, change: Extract<TableChange, { t: 'dropColumn' }>): Change | undefined {
  const known = change.columns.filter(
    ({ text }) => !change.ifExists || table.columns.some((column) => column.name === text),
  );
  const dropped = known.map((name) => writtenColumn(table, name));
  if (dropped.length === 0) return undefined;
  if (dropped.some(({ autoIncrement }) => autoIncrement)) throw unsupported('DROP COLUMN with AUTOINCREMENT');
  const columns = table.columns.filter((column) => !dropped.includes(column));
  if (columns.length === 0) throw typeError('A table keeps at least one column');
  const fill = dropped.map(({ physical }) => `ALTER TABLE ${table.physical} DROP COLUMN ${identifier(physical)}`);
  return only(table, { ...table, columns }, fill);
}

/** COMMENT ON TABLE, VIEW or COLUMN. */
export function compileComment(
  tree: Extract<StatementTree, { t: 'commentOn' }>,
  statement: Statement,
): CompiledStatement {
  const { access } = new CompileContext(statement);
  const names = tree.name.map(({ text }) => text);
  return ddlCommand(async () => {
    const ofColumn = tree.kind === 'COLUMN';
    const relation = access.writableRelation(ofColumn ? names.slice(0, -1) : names);
    const column = tree.name.at(-1);
    const commented: RelationEntry =
      ofColumn && column && relation.kind === 'TABLE'
        ? withColumn(relation, { ...writtenColumn(relation, column), comment: tree.comment })
        : { ...relation, comment: tree.comment };
    if (ofColumn && relation.kind === 'VIEW') throw unsupported('COMMENT ON COLUMN of a view');
    await statement.session.account.catalog.replaceRelations(statement.session, [
      { from: relation, to: { ...commented, alteredAt: Date.now() } },
    ]);
    return done;
  });
}
