import type { CatalogColumn, DatabaseEntry, RelationEntry, SchemaEntry } from '../catalog/catalog-entries';
import { cannotOperate, unsupported } from '../statements/warehouse-error';
import type { CompileContext } from './compile-context';
import type { CompiledQuery } from './environment';
import { booleanColumn, numberColumn, rowsRelation, textColumn, timeColumn, type SqlValue } from './rows-relation';
import type { SnowflakeType } from './snowflake-type';

/** A view of INFORMATION_SCHEMA, when the name is one: what the active role sees of one database. */
export function informationSchema(parts: readonly string[], context: CompileContext): CompiledQuery | undefined {
  const [view, schema, named] = [...parts].reverse();
  if (schema !== 'INFORMATION_SCHEMA' || !view) return undefined;
  const { access } = context;
  const name = named ?? access.context.database;
  if (name === undefined) throw cannotOperate();
  const database = access.findDatabase(name);
  context.volatile = true;
  const schemas = access.schemas(database);
  const relations = () => schemas.flatMap((entry) => access.relations(database, entry));
  switch (view) {
    case 'TABLES':
      return rowsRelation(relations(), tableColumns);
    case 'VIEWS':
      return rowsRelation(
        relations().flatMap((entry) => (entry.kind === 'VIEW' ? [access.listed(entry)] : [])),
        viewColumns,
      );
    case 'COLUMNS':
      return rowsRelation(
        relations().flatMap((relation) =>
          relation.columns.map((column, index) => ({ relation, column, position: index + 1 })),
        ),
        columnColumns,
      );
    case 'SCHEMATA':
      return rowsRelation(
        schemas.map((entry) => ({ database, entry })),
        schemaColumns,
      );
    case 'DATABASES':
      return rowsRelation(access.databases(), databaseColumns);
    default:
      throw unsupported(`INFORMATION_SCHEMA.${view}`);
  }
}

/** How many rows a table has; of a view nobody knows. */
export const rowCount = (relation: RelationEntry): number | SqlValue | null =>
  relation.kind === 'TABLE' ? (relation.rowCount ?? { sql: `(SELECT count(*) FROM ${relation.physical})` }) : null;

const lastAltered = ({ createdAt, alteredAt = createdAt }: RelationEntry) => new Date(alteredAt);

const tableColumns = [
  textColumn<RelationEntry>('TABLE_CATALOG', ({ database }) => database),
  textColumn<RelationEntry>('TABLE_SCHEMA', ({ schema }) => schema),
  textColumn<RelationEntry>('TABLE_NAME', ({ name }) => name),
  textColumn<RelationEntry>('TABLE_OWNER', ({ owner }) => owner),
  textColumn<RelationEntry>('TABLE_TYPE', (relation) =>
    relation.kind === 'VIEW' ? 'VIEW' : relation.durability === 'TEMPORARY' ? 'TEMPORARY TABLE' : 'BASE TABLE',
  ),
  textColumn<RelationEntry>('IS_TRANSIENT', (relation) =>
    relation.kind === 'TABLE' && relation.durability === 'TRANSIENT' ? 'YES' : 'NO',
  ),
  numberColumn<RelationEntry>('ROW_COUNT', rowCount),
  numberColumn<RelationEntry>('BYTES', () => null),
  numberColumn<RelationEntry>('RETENTION_TIME', ({ kind }) => (kind === 'VIEW' ? null : 1)),
  timeColumn<RelationEntry>('CREATED', ({ createdAt }) => new Date(createdAt)),
  timeColumn<RelationEntry>('LAST_ALTERED', lastAltered),
  textColumn<RelationEntry>('COMMENT', ({ comment }) => comment ?? null),
];

const viewColumns = [
  textColumn<RelationEntry & { kind: 'VIEW' }>('TABLE_CATALOG', ({ database }) => database),
  textColumn<RelationEntry & { kind: 'VIEW' }>('TABLE_SCHEMA', ({ schema }) => schema),
  textColumn<RelationEntry & { kind: 'VIEW' }>('TABLE_NAME', ({ name }) => name),
  textColumn<RelationEntry & { kind: 'VIEW' }>('TABLE_OWNER', ({ owner }) => owner),
  textColumn<RelationEntry & { kind: 'VIEW' }>('VIEW_DEFINITION', ({ source }) => source),
  textColumn<RelationEntry & { kind: 'VIEW' }>('IS_SECURE', ({ isSecure }) => (isSecure === true ? 'YES' : 'NO')),
  timeColumn<RelationEntry & { kind: 'VIEW' }>('CREATED', ({ createdAt }) => new Date(createdAt)),
  timeColumn<RelationEntry & { kind: 'VIEW' }>('LAST_ALTERED', lastAltered),
  textColumn<RelationEntry & { kind: 'VIEW' }>('COMMENT', ({ comment }) => comment ?? null),
];

interface PlacedColumn {
  relation: RelationEntry;
  column: CatalogColumn;
  position: number;
}

/** INFORMATION_SCHEMA's own words for types. */
const dataType = ({ kind }: SnowflakeType) =>
  ({ fixed: 'NUMBER', real: 'FLOAT' })[kind as string] ?? kind.toUpperCase();

const columnColumns = [
  textColumn<PlacedColumn>('TABLE_CATALOG', ({ relation }) => relation.database),
  textColumn<PlacedColumn>('TABLE_SCHEMA', ({ relation }) => relation.schema),
  textColumn<PlacedColumn>('TABLE_NAME', ({ relation }) => relation.name),
  textColumn<PlacedColumn>('COLUMN_NAME', ({ column }) => column.name),
  numberColumn<PlacedColumn>('ORDINAL_POSITION', ({ position }) => position),
  textColumn<PlacedColumn>('COLUMN_DEFAULT', ({ column }) => column.default ?? null),
  textColumn<PlacedColumn>('IS_NULLABLE', ({ column }) => (column.nullable ? 'YES' : 'NO')),
  textColumn<PlacedColumn>('DATA_TYPE', ({ column }) => dataType(column.type)),
  numberColumn<PlacedColumn>('CHARACTER_MAXIMUM_LENGTH', ({ column }) =>
    'length' in column.type ? column.type.length : null,
  ),
  numberColumn<PlacedColumn>('CHARACTER_OCTET_LENGTH', ({ column }) =>
    'length' in column.type ? Math.min(column.type.length * 4, 16_777_216) : null,
  ),
  numberColumn<PlacedColumn>('NUMERIC_PRECISION', ({ column }) =>
    column.type.kind === 'fixed' ? column.type.precision : null,
  ),
  numberColumn<PlacedColumn>('NUMERIC_PRECISION_RADIX', ({ column }) => (column.type.kind === 'fixed' ? 10 : null)),
  numberColumn<PlacedColumn>('NUMERIC_SCALE', ({ column }) =>
    column.type.kind === 'fixed' ? column.type.scale : null,
  ),
  numberColumn<PlacedColumn>('DATETIME_PRECISION', ({ column }) => (column.type.kind.startsWith('time') ? 9 : null)),
  textColumn<PlacedColumn>('IS_IDENTITY', ({ column }) => (column.autoIncrement ? 'YES' : 'NO')),
  textColumn<PlacedColumn>('COMMENT', ({ column }) => column.comment ?? null),
];

const schemaColumns = [
  textColumn<{ database: DatabaseEntry; entry: SchemaEntry }>('CATALOG_NAME', ({ database }) => database.name),
  textColumn<{ database: DatabaseEntry; entry: SchemaEntry }>('SCHEMA_NAME', ({ entry }) => entry.name),
  textColumn<{ database: DatabaseEntry; entry: SchemaEntry }>('SCHEMA_OWNER', ({ entry }) => entry.owner),
  timeColumn<{ database: DatabaseEntry; entry: SchemaEntry }>('CREATED', ({ entry }) => new Date(entry.createdAt)),
  textColumn<{ database: DatabaseEntry; entry: SchemaEntry }>('COMMENT', () => null),
];

const databaseColumns = [
  textColumn<DatabaseEntry>('DATABASE_NAME', ({ name }) => name),
  textColumn<DatabaseEntry>('DATABASE_OWNER', ({ owner }) => owner),
  booleanColumn<DatabaseEntry>('IS_TRANSIENT', () => false),
  timeColumn<DatabaseEntry>('CREATED', ({ createdAt }) => new Date(createdAt)),
  textColumn<DatabaseEntry>('TYPE', ({ shared }) => (shared ? 'IMPORTED DATABASE' : 'STANDARD')),
  textColumn<DatabaseEntry>('COMMENT', () => null),
];
