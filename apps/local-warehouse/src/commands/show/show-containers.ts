import type { Access } from '../../catalog/access';
import type { DatabaseEntry } from '../../catalog/catalog-entries';
import type { ShowOptions } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { textColumn, timeColumn } from '../../sql/rows-relation';
import { listCommand, selected } from './show-format';

export function showDatabases(options: ShowOptions, access: Access): CompiledStatement {
  const current = access.context.database;
  const created = timeColumn<DatabaseEntry>('created_on', ({ createdAt }) => new Date(createdAt));
  const name = textColumn<DatabaseEntry>('name', (database) => database.name);
  const kind = textColumn<DatabaseEntry>('kind', ({ shared }) => (shared ? 'IMPORTED DATABASE' : 'STANDARD'));
  const none = (column: string) => textColumn<DatabaseEntry>(column, () => null);
  const full = [
    created,
    name,
    textColumn<DatabaseEntry>('is_default', () => 'N'),
    textColumn<DatabaseEntry>('is_current', (database) => (database.name === current ? 'Y' : 'N')),
    textColumn<DatabaseEntry>('origin', ({ shared }) => (shared ? 'SNOWFLAKE.SHARED.SAMPLE_DATA' : '')),
    textColumn<DatabaseEntry>('owner', ({ owner }) => owner),
    textColumn<DatabaseEntry>('comment', () => ''),
    textColumn<DatabaseEntry>('options', () => ''),
    textColumn<DatabaseEntry>('retention_time', () => '1'),
    kind,
    none('budget'),
    textColumn<DatabaseEntry>('owner_role_type', () => 'ROLE'),
  ];
  const terse = [created, name, kind, none('database_name'), none('schema_name')];
  return listCommand(
    selected(access.databases(), (database) => database.name, options),
    options.terse ? terse : full,
  );
}

interface Placed {
  database: string;
  name: string;
  owner: string;
  createdAt: number;
}

export function showSchemas(options: ShowOptions, access: Access): CompiledStatement {
  const { context } = access;
  const named = options.scope?.name.at(-1)?.text ?? context.database;
  const everywhere = options.scope?.kind === 'ACCOUNT' || named === undefined;
  const databases = everywhere ? access.databases() : [access.findDatabase(named)];
  const placed = databases.flatMap((database): Placed[] => {
    const own = access
      .schemas(database)
      .map(({ name, owner, createdAt }) => ({ database: database.name, name, owner, createdAt }));
    const described = { database: database.name, name: 'INFORMATION_SCHEMA', owner: '', createdAt: database.createdAt };
    return [...own, described].sort((a, b) => (a.name < b.name ? -1 : 1));
  });
  const created = timeColumn<Placed>('created_on', ({ createdAt }) => new Date(createdAt));
  const name = textColumn<Placed>('name', (schema) => schema.name);
  const database = textColumn<Placed>('database_name', (schema) => schema.database);
  const isCurrent = (schema: Placed) => schema.name === context.schema && schema.database === context.database;
  const full = [
    created,
    name,
    textColumn<Placed>('is_default', () => 'N'),
    textColumn<Placed>('is_current', (schema) => (isCurrent(schema) ? 'Y' : 'N')),
    database,
    textColumn<Placed>('owner', ({ owner }) => owner),
    textColumn<Placed>('comment', ({ name: own }) =>
      own === 'INFORMATION_SCHEMA' ? 'Views describing the contents of schemas in this database' : '',
    ),
    textColumn<Placed>('options', () => ''),
    textColumn<Placed>('retention_time', () => '1'),
    textColumn<Placed>('owner_role_type', ({ owner }) => (owner ? 'ROLE' : '')),
    textColumn<Placed>('budget', () => null),
  ];
  const terse = [
    created,
    name,
    textColumn<Placed>('kind', () => null),
    database,
    textColumn<Placed>('schema_name', () => null),
  ];
  return listCommand(
    selected(placed, (schema) => schema.name, options),
    options.terse ? terse : full,
  );
}
