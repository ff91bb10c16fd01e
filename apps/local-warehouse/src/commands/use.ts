import { Access } from '../catalog/access';
import { warehouses } from '../accounts/people';
import { takeable } from '../accounts/roles';
import type { StatementTree } from '../parser/statement-tree';
import { statementTypes } from '../results/result';
import type { SessionContext } from '../sessions/session';
import type { CompiledStatement } from '../sql/compiled-statement';
import type { Statement } from '../statements/statement';
import { cannotOperate, WarehouseError } from '../statements/warehouse-error';
import { statusCommand } from './status-result';

type Use = Extract<StatementTree, { t: 'use' }>;

/** USE ROLE, WAREHOUSE, DATABASE and SCHEMA. */
export function compileUse(tree: Use): CompiledStatement {
  return statusCommand(statementTypes.use, (statement) => {
    const { session } = statement;
    session.context = { ...session.context, ...chosen(tree, statement) };
  });
}

export function compileUseSecondaryRoles(tree: Extract<StatementTree, { t: 'useSecondaryRoles' }>): CompiledStatement {
  return statusCommand(statementTypes.use, ({ session }) => {
    session.context = { ...session.context, secondaryRoles: tree.roles };
  });
}

function chosen(tree: Use, statement: Statement): Partial<SessionContext> {
  const names = tree.name.map(({ text }) => text);
  const [first = '', second] = names;
  switch (tree.kind) {
    case 'ROLE': {
      const { boundToRole, person } = statement.session;
      if (boundToRole ? boundToRole === first : takeable(person.roles).has(first)) return { role: first };
      throw new WarehouseError(
        '003013',
        '42501',
        `SQL access control error:\nRequested role '${first}' is not assigned to the executing user. Specify another role to activate.`,
      );
    }
    case 'WAREHOUSE': {
      const warehouse = warehouses.find((name) => name === first);
      if (!warehouse) throw cannotOperate();
      return { warehouse };
    }
    case 'DATABASE':
      return databaseNamed(first, statement);
    case 'SCHEMA':
      return second === undefined
        ? schemaNamed(statement.session.context.database, first, statement)
        : schemaNamed(first, second, statement);
    case 'ANY':
      return second === undefined ? databaseNamed(first, statement) : schemaNamed(first, second, statement);
  }
}

/** What the session may see now: USE changes the session, not the statement. */
const accessOf = (statement: Statement) => new Access(statement.session, statement.session.context);

function databaseNamed(name: string, statement: Statement): Partial<SessionContext> {
  const database = accessOf(statement).findDatabase(name);
  return { database: name, schema: database.schemas.has('PUBLIC') ? 'PUBLIC' : undefined };
}

function schemaNamed(database: string | undefined, schema: string, statement: Statement): Partial<SessionContext> {
  if (database === undefined) throw cannotOperate();
  accessOf(statement).schemaNamed(database, schema);
  return { database, schema };
}
