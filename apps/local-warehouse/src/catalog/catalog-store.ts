import { duckdbCatalogs, type DuckDbEngine } from '../engine/duckdb-engine';
import { identifier, text } from '../engine/quote';
import { parseTypeName, typeName } from '../sql/snowflake-type';
import type {
  CatalogColumn,
  DatabaseEntry,
  RelationEntry,
  SchemaEntry,
  SearchServiceEntry,
  SemanticViewEntry,
  SequenceEntry,
  TagEntry,
} from './catalog-entries';

/** Everything that people made, in a table beside it, so that a definition and its data are written in one transaction. */
const store = `${identifier(duckdbCatalogs.data)}.main.snowflow_objects`;

export type StoredKind = 'DATABASE' | 'SCHEMA' | 'RELATION' | 'SEQUENCE' | 'SEMANTIC VIEW' | 'SEARCH SERVICE' | 'TAG';

const key = (kind: StoredKind, names: readonly string[]) => text(JSON.stringify([kind, ...names]));

/** SQL that writes an object's definition over the one it had. */
export const storeStatements = (kind: StoredKind, names: readonly string[], definition: object) => [
  forgetStatement(kind, names),
  `INSERT INTO ${store} VALUES (${key(kind, names)}, ${text(JSON.stringify(definition))})`,
];

export const forgetStatement = (kind: StoredKind, names: readonly string[]) =>
  `DELETE FROM ${store} WHERE name = ${key(kind, names)}`;

type StoredColumn = Omit<CatalogColumn, 'type'> & { type: string };

export const storedRelation = (relation: RelationEntry) => ({
  ...relation,
  columns: relation.columns.map((column): StoredColumn => ({ ...column, type: typeName(column.type) })),
});

/** Creates the store where it is missing, drops the tables nobody knows (temporary ones of the last process), and reads the rest. */
export async function loadCatalog(engine: DuckDbEngine): Promise<DatabaseEntry[]> {
  await engine.run(`CREATE TABLE IF NOT EXISTS ${store} (name VARCHAR NOT NULL, definition VARCHAR NOT NULL)`);
  const databases = new Map<string, DatabaseEntry>();
  const rows = await engine.rows(`SELECT name, definition FROM ${store}`);
  const objects = rows.map((row) => ({
    path: JSON.parse(String(row.name)) as [StoredKind, ...string[]],
    definition: JSON.parse(String(row.definition)) as Record<string, unknown>,
  }));
  const ofKind = (kind: StoredKind) => objects.filter(({ path }) => path[0] === kind);
  for (const { path, definition } of ofKind('DATABASE')) {
    const [, name = ''] = path;
    databases.set(name, { name, ...ownership(definition), shared: false, schemas: new Map() });
  }
  const schemaOf = (path: readonly string[]) => databases.get(path[1] ?? '')?.schemas.get(path[2] ?? '');
  for (const { path, definition } of ofKind('SCHEMA')) {
    const name = path[2] ?? '';
    const schema: SchemaEntry = { ...emptySchema(name, 'SYSADMIN'), ...ownership(definition) };
    databases.get(path[1] ?? '')?.schemas.set(name, schema);
  }
  for (const { path, definition } of ofKind('RELATION')) {
    schemaOf(path)?.relations.set(path[3] ?? '', restoreRelation(definition));
  }
  for (const { path, definition } of ofKind('SEQUENCE')) {
    schemaOf(path)?.sequences.set(path[3] ?? '', definition as unknown as SequenceEntry); // written by storeStatements only
  }
  for (const { path, definition } of ofKind('SEMANTIC VIEW')) {
    schemaOf(path)?.semanticViews.set(path[3] ?? '', definition as unknown as SemanticViewEntry); // written by storeStatements only
  }
  for (const { path, definition } of ofKind('SEARCH SERVICE')) {
    schemaOf(path)?.searchServices.set(path[3] ?? '', definition as unknown as SearchServiceEntry); // written by storeStatements only
  }
  for (const { path, definition } of ofKind('TAG')) {
    schemaOf(path)?.tags.set(path[3] ?? '', definition as unknown as TagEntry); // written by storeStatements only
  }
  await dropUnknownTables(engine, [...databases.values()]);
  return [...databases.values()];
}

/** A schema with nothing in it yet. */
export const emptySchema = (name: string, owner: string): SchemaEntry => ({
  name,
  owner,
  createdAt: Date.now(),
  relations: new Map(),
  sequences: new Map(),
  semanticViews: new Map(),
  searchServices: new Map(),
  tags: new Map(),
});

const ownership = (definition: Record<string, unknown>) => ({
  owner: String(definition.owner),
  createdAt: Number(definition.createdAt),
  readers: Array.isArray(definition.readers) ? definition.readers.map(String) : [],
});

function restoreRelation(definition: Record<string, unknown>): RelationEntry {
  const stored = definition as unknown as ReturnType<typeof storedRelation>; // written by storedRelation only
  const columns = stored.columns.map((column) => ({ ...column, type: parseTypeName(column.type) }));
  return { ...stored, columns };
}

async function dropUnknownTables(engine: DuckDbEngine, databases: readonly DatabaseEntry[]): Promise<void> {
  const known = new Set([store.replaceAll('"', '')]);
  for (const database of databases) {
    for (const schema of database.schemas.values()) {
      for (const relation of schema.relations.values()) {
        if (relation.kind === 'TABLE') known.add(relation.physical.replaceAll('"', ''));
      }
    }
  }
  const tables = await engine.rows(
    `SELECT table_name AS name FROM duckdb_tables() WHERE database_name = ${text(duckdbCatalogs.data)}`,
  );
  for (const { name } of tables) {
    const physical = `${duckdbCatalogs.data}.main.${String(name)}`;
    if (!known.has(physical))
      await engine.run(`DROP TABLE ${identifier(duckdbCatalogs.data)}.main.${identifier(String(name))}`);
  }
}
