import { warehouses, warehouseSize } from '../../accounts/people';
import type { Person } from '../../accounts/person';
import type { Account } from '../../accounts/account';
import { takeable } from '../../accounts/roles';
import type { Access } from '../../catalog/access';
import type { ShowOptions, StatementTree } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { numberColumn, textColumn, timeColumn } from '../../sql/rows-relation';
import type { Statement } from '../../statements/statement';
import { objectNotFound } from '../../statements/warehouse-error';
import { type Grant, grantsToRole } from './role-grants';
import { listCommand, selected } from './show-format';

const since = new Date(Date.UTC(2024, 0, 1));

export function showWarehouses(options: ShowOptions, access: Access): CompiledStatement {
  const text = (name: string, value: string) => textColumn<string>(name, () => value);
  const number = (name: string, value: number) => numberColumn<string>(name, () => value);
  const time = (name: string) => timeColumn<string>(name, () => since);
  return listCommand(
    selected(warehouses, (name) => name, options),
    [
      textColumn<string>('name', (name) => name),
      text('state', 'STARTED'),
      text('type', 'STANDARD'),
      text('size', warehouseSize),
      number('min_cluster_count', 1),
      number('max_cluster_count', 1),
      number('started_clusters', 1),
      number('running', 0),
      number('queued', 0),
      textColumn<string>('is_default', (name) => (name === warehouses[0] ? 'Y' : 'N')),
      textColumn<string>('is_current', (name) => (name === access.context.warehouse ? 'Y' : 'N')),
      number('auto_suspend', 600),
      text('auto_resume', 'true'),
      text('available', '100'),
      text('provisioning', '0'),
      text('quiescing', '0'),
      text('other', '0'),
      time('created_on'),
      time('resumed_on'),
      time('updated_on'),
      text('owner', 'SYSADMIN'),
      text('comment', ''),
      text('enable_query_acceleration', 'false'),
      number('query_acceleration_max_scale_factor', 8),
      text('resource_monitor', 'null'),
      text('scaling_policy', 'STANDARD'),
      text('owner_role_type', 'ROLE'),
    ],
  );
}

export function showRoles(options: ShowOptions, access: Access, person: Person): CompiledStatement {
  const visible = [...person.roles].sort();
  return listCommand(
    selected(visible, (name) => name, options),
    [
      timeColumn<string>('created_on', () => since),
      textColumn<string>('name', (name) => name),
      textColumn<string>('is_default', (name) => (name === person.defaultRole ? 'Y' : 'N')),
      textColumn<string>('is_current', (name) => (name === access.context.role ? 'Y' : 'N')),
      textColumn<string>('is_inherited', (name) => (name !== access.context.role && access.holds(name) ? 'Y' : 'N')),
      numberColumn<string>('assigned_to_users', () => 1),
      numberColumn<string>('granted_to_roles', (name) => (name === 'ACCOUNTADMIN' ? 0 : 1)),
      numberColumn<string>('granted_roles', (name) => (name === 'ANALYST' ? 0 : 1)),
      textColumn<string>('owner', () => ''),
      textColumn<string>('comment', () => ''),
    ],
  );
}

/** SHOW GRANTS TO USER lists a person's roles; TO ROLE what this warehouse grants to it. */
export function showGrants(
  grants: Extract<StatementTree, { t: 'show' }>['grants'],
  options: ShowOptions,
  statement: Statement,
): CompiledStatement {
  const { person, account } = statement.session;
  const target = grants ?? { target: 'USER' as const, name: { text: person.name } };
  const name = target.name.text;
  if (target.target === 'ROLE') return showRoleGrants(name, options, person, account);
  const found = name === person.name ? person : undefined;
  if (!found) throw objectNotFound('User', name);
  return listCommand(found.roles, [
    timeColumn<string>('created_on', () => since),
    textColumn<string>('role', (role) => role),
    textColumn<string>('granted_to', () => 'USER'),
    textColumn<string>('grantee_name', () => name),
    textColumn<string>('granted_by', () => ''),
  ]);
}

function showRoleGrants(name: string, options: ShowOptions, person: Person, account: Account): CompiledStatement {
  if (!takeable(person.roles).has(name)) throw objectNotFound('Role', name);
  const grants = grantsToRole(name, account);
  return listCommand(
    selected(grants, (grant) => grant.name, options),
    [
      timeColumn<Grant>('created_on', () => since),
      textColumn<Grant>('privilege', ({ privilege }) => privilege),
      textColumn<Grant>('granted_on', ({ on }) => on),
      textColumn<Grant>('name', (grant) => grant.name),
      textColumn<Grant>('granted_to', () => 'ROLE'),
      textColumn<Grant>('grantee_name', () => name),
      textColumn<Grant>('grant_option', () => 'false'),
      textColumn<Grant>('granted_by', () => ''),
    ],
  );
}
