import { Access } from '../../catalog/access';
import type { StatementTree } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import type { Statement } from '../../statements/statement';
import { objectNotFound, typeError } from '../../statements/warehouse-error';
import { ddlCommand } from '../status-result';
import { schemaName } from './containers';

type Tree = Extract<StatementTree, { t: 'drop' }>;

const title = (kind: string) => `${kind.charAt(0)}${kind.slice(1).toLowerCase()}`;

/** DROP of any kind. IF EXISTS forgives a name that means nothing, never a lack of rights. */
export function compileDrop(tree: Tree, statement: Statement): CompiledStatement {
  const name = tree.name.map(({ text }) => text);
  const drop = findDrop(tree, name, statement);
  const last = name.at(-1) ?? '';
  if (!drop) {
    if (!tree.ifExists) throw objectNotFound(title(tree.kind), name.join('.'));
    return ddlCommand(async () => `Drop statement executed successfully (${last} already dropped).`);
  }
  return ddlCommand(async () => {
    await statement.session.account.locks.run(JSON.stringify(name), drop);
    return `${last} successfully dropped.`;
  });
}

function findDrop(tree: Tree, name: readonly string[], statement: Statement): (() => Promise<void>) | undefined {
  const access = new Access(statement.session, statement.context);
  const { catalog } = statement.session.account;
  switch (tree.kind) {
    case 'DATABASE': {
      const [database = ''] = name;
      if (!catalog.database(database)) return undefined;
      const found = access.writableDatabase(database);
      return () => catalog.dropDatabase(found);
    }
    case 'SCHEMA': {
      const [databaseName, schemaNamed] = schemaName(tree.name, statement);
      if (!catalog.schema(databaseName, schemaNamed)) return undefined;
      const { database, schema } = access.writableSchema(databaseName, schemaNamed);
      return () => catalog.dropSchema(database, schema);
    }
    case 'SEQUENCE': {
      const [databaseName, schemaNamed, last] = access.qualify(name);
      const sequence = catalog.schema(databaseName, schemaNamed)?.sequences.get(last);
      if (!sequence) return undefined;
      const { schema } = access.writableSchema(databaseName, schemaNamed);
      return () => catalog.dropSequence(databaseName, schema, sequence);
    }
    case 'TABLE':
    case 'VIEW': {
      if (!access.findRelation(name)) return undefined;
      const relation = access.writableRelation(name);
      if (relation.kind !== tree.kind)
        throw typeError(`Object found is of type '${relation.kind}', not '${tree.kind}'`, tree.name[0]?.at);
      return () => catalog.dropRelation(statement.session, relation);
    }
  }
}
