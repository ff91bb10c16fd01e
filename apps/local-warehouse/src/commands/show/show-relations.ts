import type { Access } from '../../catalog/access';
import type { CatalogColumn, DatabaseEntry, RelationEntry, SchemaEntry } from '../../catalog/catalog-entries';
import type { ShowOptions } from '../../parser/statement-tree';
import type { CompiledStatement } from '../../sql/compiled-statement';
import { rowCount } from '../../sql/information-schema';
import { numberColumn, textColumn, timeColumn, type PlainColumn } from '../../sql/rows-relation';
import { cannotOperate, objectNotFound } from '../../statements/warehouse-error';
import { listCommand, selected } from './show-format';

/** The relations in the place that IN names; without one, those of the current schema, database or account. */
export const relationsIn = (scope: ShowOptions['scope'], access: Access): RelationEntry[] =>
  objectsIn(scope, access, (database, schema) => access.relations(database, schema));

/** What the schemas in that place hold of one kind. */
export function objectsIn<Entry>(
  scope: ShowOptions['scope'],
  access: Access,
  objectsOf: (database: DatabaseEntry, schema: SchemaEntry) => Entry[],
): Entry[] {
  const { database, schema } = access.context;
  const [first, second] = scope?.name.map(({ text }) => text) ?? [];
  const inSchema = (databaseName: string, schemaName: string) => {
    const found = access.schemaNamed(databaseName, schemaName);
    return objectsOf(found.database, found.schema);
  };
  const inDatabase = (name: string) => {
    const found = access.findDatabase(name);
    return access.schemas(found).flatMap((entry) => objectsOf(found, entry));
  };
  if (scope?.kind === 'ACCOUNT' || (!scope && !database)) {
    return access.databases().flatMap(({ name }) => inDatabase(name));
  }
  if (first !== undefined && second !== undefined) return inSchema(first, second);
  if (scope?.kind === 'DATABASE') {
    const name = first ?? database;
    if (name === undefined) throw cannotOperate();
    return inDatabase(name);
  }
  if (first !== undefined) {
    // A bare name is a schema of the current database, else a database.
    if (database !== undefined && access.findDatabase(database).schemas.has(first)) return inSchema(database, first);
    if (scope?.kind === 'SCHEMA') throw cannotOperate();
    return inDatabase(first);
  }
  if (database === undefined) throw cannotOperate();
  return schema === undefined ? inDatabase(database) : inSchema(database, schema);
}

const kindOf = (relation: RelationEntry) =>
  relation.kind === 'VIEW' ? 'VIEW' : relation.durability === 'PERMANENT' ? 'TABLE' : relation.durability;

const created = timeColumn<RelationEntry>('created_on', ({ createdAt }) => new Date(createdAt));
const name = textColumn<RelationEntry>('name', (relation) => relation.name);
const database = textColumn<RelationEntry>('database_name', (relation) => relation.database);
const schema = textColumn<RelationEntry>('schema_name', (relation) => relation.schema);
const kind = textColumn<RelationEntry>('kind', kindOf);
const owner = textColumn<RelationEntry>('owner', (relation) => relation.owner);
const comment = textColumn<RelationEntry>('comment', (relation) => relation.comment ?? '');
const ownerRoleType = textColumn<RelationEntry>('owner_role_type', () => 'ROLE');
const constant = (column: string, value: string) => textColumn<RelationEntry>(column, () => value);
const sizes = [
  constant('cluster_by', ''),
  numberColumn<RelationEntry>('rows', rowCount),
  numberColumn<RelationEntry>('bytes', () => null),
  owner,
  textColumn<RelationEntry>('retention_time', (relation) => (relation.kind === 'VIEW' ? '' : '1')),
];

const terse = [created, name, kind, database, schema];
const tables = [
  created,
  name,
  database,
  schema,
  kind,
  comment,
  ...sizes,
  constant('automatic_clustering', 'OFF'),
  constant('change_tracking', 'OFF'),
  constant('is_external', 'N'),
  constant('enable_schema_evolution', 'N'),
  ownerRoleType,
  constant('is_event', 'N'),
  textColumn<RelationEntry>('budget', () => null),
  constant('is_hybrid', 'N'),
  constant('is_iceberg', 'N'),
  constant('is_dynamic', 'N'),
  constant('is_immutable', 'N'),
];
const views = [
  created,
  name,
  constant('reserved', ''),
  database,
  schema,
  owner,
  comment,
  textColumn<RelationEntry>('text', (relation) =>
    relation.kind === 'VIEW' && relation.source ? `create view ${relation.name} as ${relation.source}` : '',
  ),
  textColumn<RelationEntry>('is_secure', (relation) => String(relation.kind === 'VIEW' && relation.isSecure === true)),
  constant('is_materialized', 'false'),
  ownerRoleType,
  constant('change_tracking', 'OFF'),
];
const objects = [
  created,
  name,
  database,
  schema,
  kind,
  comment,
  ...sizes,
  ownerRoleType,
  textColumn<RelationEntry>('budget', () => null),
];

const layouts: Readonly<Record<'TABLES' | 'VIEWS' | 'OBJECTS', readonly PlainColumn<RelationEntry>[]>> = {
  TABLES: tables,
  VIEWS: views,
  OBJECTS: objects,
};

export function showRelations(
  what: 'TABLES' | 'VIEWS' | 'OBJECTS',
  options: ShowOptions,
  access: Access,
): CompiledStatement {
  const wanted = relationsIn(options.scope, access).filter(
    (relation) => what === 'OBJECTS' || relation.kind === (what === 'TABLES' ? 'TABLE' : 'VIEW'),
  );
  return listCommand(
    selected(wanted, (relation) => relation.name, options).map((relation) => access.listed(relation)),
    options.terse ? terse : layouts[what],
  );
}

interface Placed {
  relation: RelationEntry;
  column: CatalogColumn;
}

/** A column's type as SHOW COLUMNS writes it: a JSON text. */
function typeJson({ type, nullable }: CatalogColumn): string {
  switch (type.kind) {
    case 'fixed':
      return JSON.stringify({ type: 'FIXED', precision: type.precision, scale: type.scale, nullable });
    case 'text':
      return JSON.stringify({
        type: 'TEXT',
        length: type.length,
        byteLength: Math.min(type.length * 4, 16_777_216),
        nullable,
        fixed: false,
      });
    case 'binary':
      return JSON.stringify({ type: 'BINARY', length: type.length, byteLength: type.length, nullable, fixed: true });
    case 'time':
    case 'timestamp_ntz':
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return JSON.stringify({ type: type.kind.toUpperCase(), precision: 0, scale: 9, nullable });
    default:
      return JSON.stringify({ type: type.kind.toUpperCase(), nullable });
  }
}

const columns = [
  textColumn<Placed>('table_name', ({ relation }) => relation.name),
  textColumn<Placed>('schema_name', ({ relation }) => relation.schema),
  textColumn<Placed>('column_name', ({ column }) => column.name),
  textColumn<Placed>('data_type', ({ column }) => typeJson(column)),
  textColumn<Placed>('null?', ({ column }) => (column.nullable ? 'true' : 'NOT_NULL')),
  textColumn<Placed>('default', ({ column }) => column.default ?? ''),
  textColumn<Placed>('kind', () => 'COLUMN'),
  textColumn<Placed>('expression', () => ''),
  textColumn<Placed>('comment', ({ column }) => column.comment ?? ''),
  textColumn<Placed>('database_name', ({ relation }) => relation.database),
  textColumn<Placed>('autoincrement', ({ column }) =>
    column.autoIncrement ? 'IDENTITY START 1 INCREMENT 1 NOORDER' : '',
  ),
  textColumn<Placed>('schema_evolution_record', () => null),
];

export function showColumns(options: ShowOptions, access: Access): CompiledStatement {
  const relations = relationsMeant(options.scope, access);
  const placed = relations.flatMap((relation) => relation.columns.map((column) => ({ relation, column })));
  return listCommand(
    selected(placed, ({ column }) => column.name, options),
    columns,
  );
}

/** The one table that IN names, or all in the place that it names. */
export function relationsMeant(scope: ShowOptions['scope'], access: Access): RelationEntry[] {
  const ofTable =
    scope && scope.name.length > 0 && scope.kind !== 'SCHEMA' && scope.kind !== 'DATABASE' && scope.kind !== 'ACCOUNT';
  return ofTable
    ? [
        tableNamed(
          scope.name.map(({ text }) => text),
          access,
        ),
      ]
    : relationsIn(scope, access);
}

function tableNamed(names: readonly string[], access: Access): RelationEntry {
  const relation = access.findRelation(names);
  if (!relation) throw objectNotFound('Table', names.join('.'));
  return relation;
}
