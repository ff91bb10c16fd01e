import type { StatementTree } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import type { Statement } from '../../statements/statement';
import { ddlCommand } from '../status-result';
import { requireAdministrator, requireGrantManager } from './require-administrator';

type Tree<T extends StatementTree['t']> = Extract<StatementTree, { t: T }>;

export function compileCreateRole(tree: Tree<'createRole'>, statement: Statement): CompiledStatement {
  requireAdministrator(statement);
  return ddlCommand(async ({ session }) => {
    const { population } = session.account;
    const exists = population.allRoles().includes(tree.name);
    if (exists && tree.ifNotExists) return `${tree.name} already exists, statement succeeded.`;
    if (exists && tree.replace) await population.dropRole(tree.name);
    await population.addRole(tree.name);
    return `Role ${tree.name} successfully created.`;
  });
}

export function compileDropRole(tree: Tree<'dropRole'>, statement: Statement): CompiledStatement {
  requireAdministrator(statement);
  return ddlCommand(async ({ session }) => {
    const { population } = session.account;
    if (tree.ifExists && !population.allRoles().includes(tree.name)) return 'Drop statement executed successfully.';
    await population.dropRole(tree.name);
    return `${tree.name} successfully dropped.`;
  });
}

/** A session keeps the role it has until it takes another; what it may take is what is granted then. */
export function compileGrantRole(tree: Tree<'grantRole'>, statement: Statement): CompiledStatement {
  requireAdministrator(statement);
  return ddlCommand(async ({ session }) => {
    const { population } = session.account;
    const role = population.role(tree.role);
    await population.change(tree.user, (person) => {
      const others = person.roles.filter((name) => name !== role);
      person.roles = tree.verb === 'GRANT' ? [...others, role].sort() : others;
    });
    return 'Statement executed successfully.';
  });
}

export function compileGrantManaging(tree: Tree<'grantManaging'>, statement: Statement): CompiledStatement {
  requireGrantManager(statement);
  return ddlCommand(async ({ session }) => {
    await session.account.population.setManaging(tree.role, tree.verb === 'GRANT');
    return 'Statement executed successfully.';
  });
}
