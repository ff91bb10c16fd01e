import { Access } from '../../catalog/access';
import type { StatementTree } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import type { Statement } from '../../statements/statement';
import { writableTable } from '../dml/writable-table';
import { ddlCommand } from '../status-result';
import { alreadyExists } from './object-errors';

export function compileCreateSequence(
  tree: Extract<StatementTree, { t: 'createSequence' }>,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  const [databaseName, schemaName, name] = access.qualify(tree.name.map(({ text }) => text));
  const { schema } = access.writableSchema(databaseName, schemaName);
  return ddlCommand(() => {
    const { catalog, locks } = statement.session.account;
    return locks.run(JSON.stringify([databaseName, schemaName, name]), async () => {
      const existing = schema.sequences.get(name);
      if (existing && tree.creation === 'skip') return `${name} already exists, statement succeeded.`;
      if (existing && tree.creation === 'fail') throw alreadyExists(name);
      const physical = catalog.newPhysicalName();
      const create = `CREATE SEQUENCE ${physical} START ${tree.start} INCREMENT ${tree.increment}`;
      const sequence = { name, physical, owner: statement.context.role, createdAt: Date.now() };
      await catalog.putSequence(databaseName, schema, sequence, create, existing);
      return `Sequence ${name} successfully created.`;
    });
  });
}

/** TRUNCATE TABLE: like DDL, it ends an open transaction. */
export function compileTruncate(
  tree: Extract<StatementTree, { t: 'truncate' }>,
  statement: Statement,
): CompiledStatement {
  const access = new Access(statement.session, statement.context);
  const missing = tree.ifExists && !access.findRelation(tree.table.map(({ text }) => text));
  const table = missing ? undefined : writableTable(tree.table, access);
  return ddlCommand(async () => {
    const { engine, locks } = statement.session.account;
    if (table) await locks.run(table.physical, () => engine.run(`DELETE FROM ${table.physical}`));
    return 'Statement executed successfully.';
  });
}
