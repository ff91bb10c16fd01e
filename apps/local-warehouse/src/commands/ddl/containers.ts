import type { StatementTree } from '../../parser/statement-tree';
import { Access } from '../../catalog/access';
import type { CompiledStatement } from '../../sql/compiled-statement';
import type { Statement } from '../../statements/statement';
import { accessDenied, cannotOperate } from '../../statements/warehouse-error';
import { ddlCommand } from '../status-result';
import { alreadyExists } from './object-errors';

export function compileCreateDatabase(
  tree: Extract<StatementTree, { t: 'createDatabase' }>,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  const name = tree.name.text;
  if (!access.mayCreateDatabases())
    throw accessDenied(`Insufficient privileges to operate on account '${statement.session.account.settings.name}'`);
  return ddlCommand(() => {
    const { catalog, locks } = statement.session.account;
    return locks.run(JSON.stringify([name]), async () => {
      const existing = catalog.database(name);
      if (existing && tree.creation === 'skip') return `${name} already exists, statement succeeded.`;
      if (existing && tree.creation === 'fail') throw alreadyExists(name);
      if (existing) await catalog.dropDatabase(access.writableDatabase(name));
      await catalog.createDatabase(name, statement.context.role);
      const { context } = statement.session;
      statement.session.context = { ...context, database: name, schema: 'PUBLIC' };
      return `Database ${name} successfully created.`;
    });
  });
}

/** The database and the schema that one or two names mean. */
export function schemaName(names: readonly { text: string }[], statement: Statement): [string, string] {
  const [last = '', first] = [...names].reverse().map(({ text }) => text);
  const database = first ?? statement.context.database;
  if (database === undefined || names.length > 2) throw cannotOperate();
  return [database, last];
}

export function compileCreateSchema(
  tree: Extract<StatementTree, { t: 'createSchema' }>,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  const [databaseName, name] = schemaName(tree.name, statement);
  const database = access.writableDatabase(databaseName);
  return ddlCommand(() => {
    const { catalog, locks } = statement.session.account;
    return locks.run(JSON.stringify([databaseName, name]), async () => {
      const existing = database.schemas.get(name);
      if (existing && tree.creation === 'skip') return `${name} already exists, statement succeeded.`;
      if (existing && tree.creation === 'fail') throw alreadyExists(name);
      if (existing) await catalog.dropSchema(database, existing);
      await catalog.createSchema(database, name, statement.context.role);
      const { context } = statement.session;
      statement.session.context = { ...context, database: databaseName, schema: name };
      return `Schema ${name} successfully created.`;
    });
  });
}
