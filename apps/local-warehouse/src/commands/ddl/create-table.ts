import { counterOf } from '../../catalog/catalog';
import type { CatalogColumn, RelationEntry, TableEntry } from '../../catalog/catalog-entries';
import type { Step } from '../../engine/duckdb-engine';
import type { ColumnDefinition, StatementTree } from '../../parser/statement-tree';
import { CompileContext } from '../../sql/compile-context';
import type { CompiledStatement } from '../../sql/compiled-statement';
import type { CompiledQuery } from '../../sql/environment';
import { QueryCompiler } from '../../sql/query-compiler';
import { duckdbType, type SnowflakeType } from '../../sql/snowflake-type';
import { typeOf } from '../../sql/type-syntax';
import { bindValues, needWarehouse } from '../../statements/run-on-connection';
import type { Statement } from '../../statements/statement';
import { typeError, unsupported } from '../../statements/warehouse-error';
import { assigned } from '../dml/assignment';
import { ddlCommand } from '../status-result';
import { alreadyExists } from './object-errors';

type Tree = Extract<StatementTree, { t: 'createTable' }>;

/** CREATE TABLE, also AS a query, LIKE or CLONE of another. */
export function compileCreateTable(tree: Tree, statement: Statement): CompiledStatement {
  const context = new CompileContext(statement);
  const { access } = context;
  const [database, schema, name] = access.qualify(tree.name.map(({ text }) => text));
  access.writableSchema(database, schema);
  const draft = tableDraft(tree, context);
  const command = ddlCommand(async () => {
    const { catalog, locks } = statement.session.account;
    return locks.run(JSON.stringify([database, schema, name]), async () => {
      const existing = catalog.relation(statement.session, database, schema, name);
      if (existing && tree.creation === 'skip') return `${name} already exists, statement succeeded.`;
      const hides = existing && tree.kind === 'TEMPORARY' && !isTemporary(existing);
      if (existing && !hides && tree.creation === 'fail') throw alreadyExists(name);
      if (existing && !hides && existing.kind === 'VIEW') throw alreadyExists(name);
      if (draft.fill) needWarehouse(statement);
      const physical = catalog.newPhysicalName();
      const table: TableEntry = {
        kind: 'TABLE',
        database,
        schema,
        name,
        physical,
        owner: access.context.role,
        createdAt: Date.now(),
        comment: tree.comment,
        durability: tree.kind,
        columns: draft.columns,
        columnCount: draft.columns.length,
      };
      await statement.wait(context.waitMs);
      for (const prepare of context.preparations) await prepare();
      const fill: Step[] = [...createStatements(table)];
      if (draft.fill)
        fill.push({ sql: `INSERT INTO ${physical} ${draft.fill}`, values: bindValues(statement, context.binds) });
      await catalog.putRelation(statement.session, table, {
        fill,
        replaced: hides ? undefined : existing,
        guard: (stop, work) => statement.interruptible(stop, work),
      });
      return `Table ${name} successfully created.`;
    });
  });
  return draft.fill ? { ...command, reads: context.tables } : command;
}

const isTemporary = (relation: RelationEntry) => relation.kind === 'TABLE' && relation.durability === 'TEMPORARY';

function createStatements(table: TableEntry): string[] {
  const columns = table.columns.map(
    ({ physical, type, nullable }) => `${physical} ${duckdbType(type)}${nullable ? '' : ' NOT NULL'}`,
  );
  const counter = table.columns.some(({ autoIncrement }) => autoIncrement)
    ? [`CREATE SEQUENCE ${counterOf(table.physical)}`]
    : [];
  return [...counter, `CREATE TABLE ${table.physical} (${columns.join(', ')})`];
}

interface Draft {
  columns: CatalogColumn[];
  /** The query that fills it. */
  fill?: string;
}

function tableDraft(tree: Tree, context: CompileContext): Draft {
  switch (tree.source.t) {
    case 'columns':
      return { columns: unique(tree.columns.map((column, index) => columnOf(column, index, undefined, tree))) };
    case 'query':
      return fromQuery(tree, new QueryCompiler(context).query(tree.source.query));
    case 'like':
    case 'clone': {
      const original = context.access.readableRelation(tree.source.table.map(({ text }) => text));
      if (original.kind !== 'TABLE') throw typeError(`'${original.name}' is a view`, tree.source.table[0]?.at);
      if (original.columns.some(({ autoIncrement }) => autoIncrement))
        throw unsupported(`${tree.source.t.toUpperCase()} of a table with AUTOINCREMENT`);
      const columns = original.columns.map((column, index) => ({ ...column, physical: `c${index}` }));
      if (tree.source.t === 'like') return { columns };
      const list = original.columns.map(({ physical }) => `"${physical}"`).join(', ');
      return { columns, fill: `SELECT ${list} FROM ${original.physical}` };
    }
  }
}

function fromQuery(tree: Tree, query: CompiledQuery): Draft {
  const definitions = tree.columns;
  if (definitions.length > 0 && definitions.length !== query.columns.length) {
    throw typeError(
      `Invalid column definition list: ${definitions.length} columns for a query of ${query.columns.length}`,
      tree.name[0]?.at,
    );
  }
  const columns = query.columns.map((column, index) => {
    const definition = definitions[index];
    if (definition) return columnOf(definition, index, column.type, tree);
    return plainColumn(column.name, index, column.type, column.nullable);
  });
  const cells = columns.map((column, index) => {
    const from = query.columns[index];
    const value = from && assigned({ ...from, sql: `q.c${index}`, at: { line: 1, pos: 0 } }, column);
    return `${value ?? ''} AS c${index}`;
  });
  return { columns: unique(columns), fill: `SELECT ${cells.join(', ')} FROM (${query.sql}) q` };
}

const plainColumn = (name: string, index: number, type: SnowflakeType, nullable: boolean): CatalogColumn => ({
  name,
  physical: `c${index}`,
  type,
  nullable,
  default: undefined,
  autoIncrement: false,
  primaryKey: false,
  comment: undefined,
});

/** A column as it was defined. */
export function columnOf(
  definition: ColumnDefinition,
  index: number,
  fallback: SnowflakeType | undefined,
  { primaryKey }: Pick<Tree, 'primaryKey'>,
): CatalogColumn {
  const type = definition.type ? typeOf(definition.type) : fallback;
  if (!type) throw typeError(`Missing type of column '${definition.name.text}'`, definition.name.at);
  if (definition.autoIncrement && type.kind !== 'fixed')
    throw typeError('AUTOINCREMENT needs a number', definition.name.at);
  const inKey = definition.primaryKey || primaryKey.some(({ text }) => text === definition.name.text);
  return {
    ...plainColumn(definition.name.text, index, type, !definition.notNull && !inKey),
    default: definition.default?.source,
    autoIncrement: definition.autoIncrement,
    primaryKey: inKey,
    comment: definition.comment,
  };
}

function unique(columns: CatalogColumn[]): CatalogColumn[] {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name)) throw typeError(`duplicate column name '${name}'`);
    seen.add(name);
  }
  return columns;
}
