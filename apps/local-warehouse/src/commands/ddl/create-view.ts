import type { ViewEntry } from '../../catalog/catalog-entries';
import type { StatementTree } from '../../parser/statement-tree';
import { CompileContext } from '../../sql/compile-context';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { QueryCompiler } from '../../sql/query-compiler';
import type { Statement } from '../../statements/statement';
import { typeError, unsupported } from '../../statements/warehouse-error';
import { ddlCommand } from '../status-result';
import { alreadyExists } from './object-errors';

/** CREATE VIEW: its query is checked now and read anew at each use. */
export function compileCreateView(
  tree: Extract<StatementTree, { t: 'createView' }>,
  statement: Statement,
): CompiledStatement {
  const context = new CompileContext(statement);
  const { access } = context;
  const [database, schema, name] = access.qualify(tree.name.map(({ text }) => text));
  access.writableSchema(database, schema);
  const query = new QueryCompiler(context).query(tree.query);
  if (context.binds.length > 0) throw unsupported('binds in a view');
  if (context.volatile) throw unsupported('a view over session state, kept results or INFORMATION_SCHEMA');
  if (tree.columns.length > 0 && tree.columns.length !== query.columns.length) {
    throw typeError(
      `Invalid column definition list: ${tree.columns.length} columns for a query of ${query.columns.length}`,
      tree.name[0]?.at,
    );
  }
  const names = query.columns.map((column, index) => tree.columns[index]?.text ?? column.name);
  if (new Set(names).size < names.length) throw typeError('duplicate column name in the view', tree.name[0]?.at);
  return ddlCommand(async () => {
    const { catalog, locks } = statement.session.account;
    return locks.run(JSON.stringify([database, schema, name]), async () => {
      const existing = catalog.schema(database, schema)?.relations.get(name);
      if (existing && tree.creation === 'skip') return `${name} already exists, statement succeeded.`;
      if (existing && (tree.creation === 'fail' || existing.kind === 'TABLE')) throw alreadyExists(name);
      const view: ViewEntry = {
        kind: 'VIEW',
        database,
        schema,
        name,
        owner: access.context.role,
        createdAt: Date.now(),
        comment: tree.comment,
        source: tree.source,
        isSecure: tree.isSecure,
        columns: query.columns.map((column, index) => ({
          name: names[index] ?? column.name,
          physical: `c${index}`,
          type: column.type,
          nullable: column.nullable,
          default: undefined,
          autoIncrement: false,
          primaryKey: false,
          comment: undefined,
        })),
      };
      await catalog.putRelation(statement.session, view, { fill: [], replaced: existing });
      return `View ${name} successfully created.`;
    });
  });
}
