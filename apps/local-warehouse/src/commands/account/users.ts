import { newPerson } from '../../accounts/person';
import type { StatementTree } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import type { Statement } from '../../statements/statement';
import { ddlCommand } from '../status-result';
import { requireAdministrator } from './require-administrator';
import { setProperties, unsetProperties } from './user-properties';

type Tree<T extends StatementTree['t']> = Extract<StatementTree, { t: T }>;

export function compileCreateUser(tree: Tree<'createUser'>, statement: Statement): CompiledStatement {
  requireAdministrator(statement);
  return ddlCommand(async ({ session }) => {
    const { population } = session.account;
    if (tree.ifNotExists && population.find(tree.name)) return `${tree.name} already exists, statement succeeded.`;
    const person = newPerson(tree.name);
    setProperties(person, tree.properties);
    await population.addPerson(tree.name, person);
    return `User ${tree.name} successfully created.`;
  });
}

/** A user who is disabled loses every session at once. */
export function compileAlterUser(tree: Tree<'alterUser'>, statement: Statement): CompiledStatement {
  if (tree.user !== statement.session.person.name || !isOwnKey(tree)) requireAdministrator(statement);
  return ddlCommand(async ({ session }) => {
    const { account } = session;
    await account.population.change(tree.user, (person) => {
      setProperties(person, tree.set);
      unsetProperties(person, tree.unset);
    });
    if (account.population.person(tree.user).disabled) account.endSessionsOf(tree.user);
    return 'Statement executed successfully.';
  });
}

export function compileDropUser(tree: Tree<'dropUser'>, statement: Statement): CompiledStatement {
  requireAdministrator(statement);
  return ddlCommand(async ({ session }) => {
    const { account } = session;
    if (tree.ifExists && !account.population.find(tree.name)) return 'Drop statement executed successfully.';
    await account.population.dropPerson(tree.name);
    account.endSessionsOf(tree.name);
    return `${tree.name} successfully dropped.`;
  });
}

/** People may change their own keys. */
function isOwnKey({ set, unset }: Tree<'alterUser'>): boolean {
  return [...set.map(([name]) => name), ...unset].every((name) => name.startsWith('RSA_PUBLIC_KEY'));
}
