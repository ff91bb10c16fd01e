import { Access } from '../../catalog/access';
import type { SearchServiceEntry } from '../../catalog/catalog-entries';
import type { Name } from '../../parser/expression-tree';
import type { StatementTree } from '../../parser/statement-tree';
import { CompileContext } from '../../sql/compile-context';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { QueryCompiler } from '../../sql/query-compiler';
import type { Statement } from '../../statements/statement';
import { accessDenied, invalidIdentifier, objectNotFound, unsupported } from '../../statements/warehouse-error';
import { ddlCommand } from '../status-result';
import { alreadyExists } from './object-errors';

type Tree = Extract<StatementTree, { t: 'createSearchService' }>;

/** CREATE CORTEX SEARCH SERVICE: its query is checked now and read anew at each search, so it never lags. */
export function compileCreateSearchService(tree: Tree, statement: Statement): CompiledStatement {
  const context = new CompileContext(statement);
  const { access } = context;
  const [database, schema, name] = access.qualify(tree.name.map(({ text }) => text));
  access.writableSchema(database, schema);
  const columns = new QueryCompiler(context).query(tree.query).columns.map((column) => column.name);
  if (context.binds.length > 0) throw unsupported('binds in a search service');
  if (context.volatile) throw unsupported('a search service over session state, kept results or INFORMATION_SCHEMA');
  requireColumns([tree.on, ...tree.attributes], columns);
  const service: SearchServiceEntry = {
    database,
    schema,
    name,
    owner: access.context.role,
    createdAt: Date.now(),
    comment: tree.options.comment,
    warehouse: tree.options.warehouse,
    targetLag: tree.options.targetLag,
    searched: tree.on.text,
    attributes: tree.attributes.map(({ text }) => text),
    columns,
    source: tree.source,
  };
  return ddlCommand(async () => {
    const { catalog, locks } = statement.session.account;
    return locks.run(JSON.stringify([database, schema, name]), async () => {
      const existing = catalog.schema(database, schema)?.searchServices.get(name);
      if (existing && tree.creation === 'skip') return `${name} already exists, statement succeeded.`;
      if (existing && tree.creation === 'fail') throw alreadyExists(name);
      await catalog.putSearchService(service);
      return `Cortex search service ${name} successfully created.`;
    });
  });
}

function requireColumns(names: readonly Name[], columns: readonly string[]): void {
  const missing = names.find(({ text }) => !columns.includes(text));
  if (missing) throw invalidIdentifier(missing.text, missing.at);
}

export function compileDropSearchService(
  tree: Extract<StatementTree, { t: 'dropSearchService' }>,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  const names = tree.name.map(({ text }) => text);
  const service = access.findSearchService(names);
  const last = names.at(-1) ?? '';
  if (!service) {
    if (!tree.ifExists) throw objectNotFound('Cortex search service', names.join('.'));
    return ddlCommand(async () => `Drop statement executed successfully (${last} already dropped).`);
  }
  if (!access.holds(service.owner))
    throw accessDenied(`Insufficient privileges to operate on cortex search service '${service.name}'`);
  return ddlCommand(async () => {
    await statement.session.account.catalog.dropSearchService(service);
    return `${last} successfully dropped.`;
  });
}
