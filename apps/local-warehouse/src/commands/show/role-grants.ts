import { inheritedBy } from '../../accounts/roles';
import type { Account } from '../../accounts/account';

/** One row of SHOW GRANTS TO ROLE. */
export interface Grant {
  privilege: string;
  on: string;
  name: string;
}

const MANAGING: Grant = { privilege: 'MANAGE GRANTS', on: 'ACCOUNT', name: 'ACCOUNT' };
const MAKING: Grant = { privilege: 'CREATE DATABASE', on: 'ACCOUNT', name: 'ACCOUNT' };
const BARE = /^[A-Z_][A-Z0-9_$]*$/;

/** What a role holds by itself, as the rules of this warehouse come to in Snowflake's words. */
export function grantsToRole(role: string, { catalog, population }: Account): Grant[] {
  const databases = catalog.allDatabases();
  const schemas = databases.flatMap((database) =>
    [...database.schemas.values()].map((schema) => ({ database, schema })),
  );
  const relations = schemas.flatMap(({ database, schema }) =>
    [...schema.relations.values()].map((relation) => ({ database, schema, relation })),
  );
  const isRead = (database: string, schema: string) => role === 'ANALYST' && database === 'DEMO' && schema === 'PUBLIC';
  return [
    ...inheritedBy(role)
      .filter((one) => one !== 'PUBLIC')
      .map((name) => ({ privilege: 'USAGE', on: 'ROLE', name })),
    ...(role === 'SYSADMIN' ? [MAKING] : []),
    ...(population.grantManagers().includes(role) ? [MANAGING] : []),
    ...databases.flatMap((database) => [
      ...owned(!database.shared && database.owner === role, 'DATABASE', database.name),
      ...used(database.shared ? role === 'PUBLIC' : isRead(database.name, 'PUBLIC'), 'DATABASE', database.name),
    ]),
    ...schemas.flatMap(({ database, schema }) => [
      ...owned(!database.shared && schema.owner === role, 'SCHEMA', database.name, schema.name),
      ...used(isRead(database.name, schema.name), 'SCHEMA', database.name, schema.name),
    ]),
    ...relations.flatMap(({ database, schema, relation }) => [
      ...owned(!database.shared && relation.owner === role, relation.kind, database.name, schema.name, relation.name),
      ...(isRead(database.name, schema.name)
        ? [{ privilege: 'SELECT', on: relation.kind, name: dotted([database.name, schema.name, relation.name]) }]
        : []),
    ]),
  ];
}

const owned = (holds: boolean, on: string, ...name: string[]) => granted(holds, 'OWNERSHIP', on, name);
const used = (holds: boolean, on: string, ...name: string[]) => granted(holds, 'USAGE', on, name);
const granted = (holds: boolean, privilege: string, on: string, name: string[]): Grant[] =>
  holds ? [{ privilege, on, name: dotted(name) }] : [];
const dotted = (parts: readonly string[]) =>
  parts.map((part) => (BARE.test(part) ? part : `"${part.replaceAll('"', '""')}"`)).join('.');
