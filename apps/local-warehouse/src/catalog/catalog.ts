import { randomBytes } from 'node:crypto';
import { duckdbCatalogs, type DuckDbEngine, type Guard, type Step } from '../engine/duckdb-engine';
import { identifier } from '../engine/quote';
import type { Session } from '../sessions/session';
import type {
  DatabaseEntry,
  RelationEntry,
  SchemaEntry,
  SearchServiceEntry,
  SemanticViewEntry,
  SequenceEntry,
  TableEntry,
  TagEntry,
} from './catalog-entries';
import { emptySchema, forgetStatement, loadCatalog, storedRelation, storeStatements } from './catalog-store';
import { madeUpEstate } from './made-up-estate';
import { sampleEntry } from './sample-entry';
import { helpSearch } from './help-search';
import { salesView } from './sales-view';

const temporaryKey = (database: string, schema: string, name: string) => JSON.stringify([database, schema, name]);

type ChangeReaders = (readers: readonly string[] | undefined) => readonly string[];

/** What an account has, in memory for reading and in DuckDB for keeps. A change is written first and seen after. */
export class Catalog {
  /** Rises with every change, so that what was compiled against an older catalog is not used again. */
  version = 0;
  private readonly sorted = new WeakMap<SchemaEntry, { version: number; relations: RelationEntry[] }>();
  private readonly temporary = new WeakMap<Session, Map<string, TableEntry>>();

  private constructor(
    private readonly engine: DuckDbEngine,
    private readonly databases: Map<string, DatabaseEntry>,
  ) {}

  /** `madeUp` tables stand beside what people made, for trials at scale. */
  static async open(engine: DuckDbEngine, madeUp = 0): Promise<Catalog> {
    const databases = new Map(
      [sampleEntry(), ...(await madeUpEstate(madeUp, engine)), ...(await loadCatalog(engine))].map((entry) => [
        entry.name,
        entry,
      ]),
    );
    const catalog = new Catalog(engine, databases);
    if (!databases.has('DEMO')) await catalog.createDatabase('DEMO', 'SYSADMIN');
    const sales = salesView();
    if (!catalog.schema(sales.database, sales.schema)?.semanticViews.has(sales.name))
      await catalog.putSemanticView(sales);
    const help = helpSearch();
    if (!catalog.schema(help.database, help.schema)?.searchServices.has(help.name))
      await catalog.putSearchService(help);
    return catalog;
  }

  allDatabases(): DatabaseEntry[] {
    return [...this.databases.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  database(name: string): DatabaseEntry | undefined {
    return this.databases.get(name);
  }

  schema(database: string, name: string): SchemaEntry | undefined {
    return this.databases.get(database)?.schemas.get(name);
  }

  /** A schema's relations by name; sorted once until something changes. */
  relationsOf(schema: SchemaEntry): readonly RelationEntry[] {
    const known = this.sorted.get(schema);
    if (known?.version === this.version) return known.relations;
    const relations = [...schema.relations.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    this.sorted.set(schema, { version: this.version, relations });
    return relations;
  }

  /** A relation; a session's temporary table hides a permanent one of its name. */
  relation(session: Session, database: string, schema: string, name: string): RelationEntry | undefined {
    const temporary = this.temporary.get(session)?.get(temporaryKey(database, schema, name));
    return temporary ?? this.schema(database, schema)?.relations.get(name);
  }

  temporaryTables(session: Session): TableEntry[] {
    return [...(this.temporary.get(session)?.values() ?? [])];
  }

  newPhysicalName(): string {
    return `${identifier(duckdbCatalogs.data)}.main.t${randomBytes(9).toString('hex')}`;
  }

  async createDatabase(name: string, owner: DatabaseEntry['owner']): Promise<void> {
    const schema = emptySchema('PUBLIC', owner);
    const { createdAt } = schema;
    await this.transaction([
      ...storeStatements('DATABASE', [name], { owner, createdAt }),
      ...storeStatements('SCHEMA', [name, 'PUBLIC'], { owner, createdAt }),
    ]);
    this.databases.set(name, { name, owner, createdAt, shared: false, schemas: new Map([['PUBLIC', schema]]) });
    this.version++;
  }

  async dropDatabase(database: DatabaseEntry): Promise<void> {
    const statements = [...database.schemas.values()].flatMap((schema) =>
      this.dropSchemaStatements(database.name, schema),
    );
    await this.transaction([...statements, forgetStatement('DATABASE', [database.name])]);
    this.databases.delete(database.name);
    this.version++;
  }

  async createSchema(database: DatabaseEntry, name: string, owner: SchemaEntry['owner']): Promise<void> {
    const schema = emptySchema(name, owner);
    await this.transaction(storeStatements('SCHEMA', [database.name, name], { owner, createdAt: schema.createdAt }));
    database.schemas.set(name, schema);
    this.version++;
  }

  async setReadersOfDatabase(database: DatabaseEntry, change: ChangeReaders): Promise<void> {
    const { owner, createdAt, name } = database;
    const readers = change(database.readers);
    await this.transaction(storeStatements('DATABASE', [name], { owner, createdAt, readers }));
    database.readers = readers;
    this.version++;
  }

  async setReadersOfSchema(database: DatabaseEntry, schema: SchemaEntry, change: ChangeReaders): Promise<void> {
    const { owner, createdAt, name } = schema;
    const readers = change(schema.readers);
    await this.transaction(storeStatements('SCHEMA', [database.name, name], { owner, createdAt, readers }));
    schema.readers = readers;
    this.version++;
  }

  async dropSchema(database: DatabaseEntry, schema: SchemaEntry): Promise<void> {
    await this.transaction(this.dropSchemaStatements(database.name, schema));
    database.schemas.delete(schema.name);
    this.version++;
  }

  private dropSchemaStatements(database: string, schema: SchemaEntry): string[] {
    return [
      ...[...schema.relations.values()].flatMap((relation) => this.dropRelationStatements(relation)),
      ...[...schema.sequences.values()].flatMap((sequence) =>
        this.dropSequenceStatements(database, schema.name, sequence),
      ),
      ...[...schema.semanticViews.keys()].map((name) =>
        forgetStatement('SEMANTIC VIEW', [database, schema.name, name]),
      ),
      ...[...schema.searchServices.keys()].map((name) =>
        forgetStatement('SEARCH SERVICE', [database, schema.name, name]),
      ),
      ...[...schema.tags.keys()].map((name) => forgetStatement('TAG', [database, schema.name, name])),
      forgetStatement('SCHEMA', [database, schema.name]),
    ];
  }

  private dropRelationStatements(relation: RelationEntry): string[] {
    const { database, schema, name } = relation;
    const drop = relation.kind === 'TABLE' ? dropTableStatements(relation) : [];
    return [...drop, forgetStatement('RELATION', [database, schema, name])];
  }

  private dropSequenceStatements(database: string, schema: string, sequence: SequenceEntry): string[] {
    return [`DROP SEQUENCE ${sequence.physical}`, forgetStatement('SEQUENCE', [database, schema, sequence.name])];
  }

  /**
   * Puts a relation in place, over `replaced` where there is one. `fill` is the SQL that makes its data; all of it happens or
   * none.
   */
  async putRelation(
    session: Session,
    relation: RelationEntry,
    { fill, replaced, guard }: { fill: readonly Step[]; replaced?: RelationEntry; guard?: Guard },
  ): Promise<void> {
    const drop = replaced ? this.dropRelationStatements(replaced) : [];
    if (relation.kind === 'TABLE' && relation.durability === 'TEMPORARY') {
      await this.transaction([...drop, ...fill], guard);
      this.temporaryMap(session).set(temporaryKey(relation.database, relation.schema, relation.name), relation);
    } else {
      const { database, schema, name } = relation;
      await this.transaction(
        [...drop, ...fill, ...storeStatements('RELATION', [database, schema, name], storedRelation(relation))],
        guard,
      );
      this.schema(database, schema)?.relations.set(name, relation);
    }
    this.version++;
  }

  async dropRelation(session: Session, relation: RelationEntry): Promise<void> {
    await this.transaction(this.dropRelationStatements(relation));
    this.forgetInMemory(session, relation);
    this.version++;
  }

  /** The same data under other names or definitions: what RENAME, SWAP and changes of columns are. */
  async replaceRelations(
    session: Session,
    changes: readonly { from: RelationEntry; to: RelationEntry }[],
    fill: readonly string[] = [],
  ): Promise<void> {
    const permanent = changes.filter(({ to }) => !isTemporary(to));
    await this.transaction([
      ...fill,
      ...permanent.map(({ from }) => forgetStatement('RELATION', [from.database, from.schema, from.name])),
      ...permanent.flatMap(({ to }) =>
        storeStatements('RELATION', [to.database, to.schema, to.name], storedRelation(to)),
      ),
    ]);
    for (const { from } of changes) this.forgetInMemory(session, from);
    for (const { to } of changes) {
      if (isTemporary(to)) this.temporaryMap(session).set(temporaryKey(to.database, to.schema, to.name), to);
      else this.schema(to.database, to.schema)?.relations.set(to.name, to);
    }
    this.version++;
  }

  async putSequence(
    database: string,
    schema: SchemaEntry,
    sequence: SequenceEntry,
    create: string,
    replaced?: SequenceEntry,
  ) {
    const drop = replaced ? this.dropSequenceStatements(database, schema.name, replaced) : [];
    await this.transaction([
      ...drop,
      create,
      ...storeStatements('SEQUENCE', [database, schema.name, sequence.name], sequence),
    ]);
    schema.sequences.set(sequence.name, sequence);
    this.version++;
  }

  async dropSequence(database: string, schema: SchemaEntry, sequence: SequenceEntry): Promise<void> {
    await this.transaction(this.dropSequenceStatements(database, schema.name, sequence));
    schema.sequences.delete(sequence.name);
    this.version++;
  }

  async putTag(database: string, schema: SchemaEntry, tag: TagEntry): Promise<void> {
    await this.transaction(storeStatements('TAG', [database, schema.name, tag.name], tag));
    schema.tags.set(tag.name, tag);
    this.version++;
  }

  async putSemanticView(view: SemanticViewEntry): Promise<void> {
    const { database, schema, name } = view;
    await this.transaction(storeStatements('SEMANTIC VIEW', [database, schema, name], view));
    this.schema(database, schema)?.semanticViews.set(name, view);
    this.version++;
  }

  async dropSemanticView({ database, schema, name }: SemanticViewEntry): Promise<void> {
    await this.transaction([forgetStatement('SEMANTIC VIEW', [database, schema, name])]);
    this.schema(database, schema)?.semanticViews.delete(name);
    this.version++;
  }

  async putSearchService(service: SearchServiceEntry): Promise<void> {
    const { database, schema, name } = service;
    await this.transaction(storeStatements('SEARCH SERVICE', [database, schema, name], service));
    this.schema(database, schema)?.searchServices.set(name, service);
  }

  async dropSearchService({ database, schema, name }: SearchServiceEntry): Promise<void> {
    await this.transaction([forgetStatement('SEARCH SERVICE', [database, schema, name])]);
    this.schema(database, schema)?.searchServices.delete(name);
  }

  /** Drops what only this session could see. */
  async forgetSession(session: Session): Promise<void> {
    const tables = this.temporaryTables(session);
    this.temporary.delete(session);
    if (tables.length > 0) await this.transaction(tables.flatMap(dropTableStatements));
  }

  private forgetInMemory(session: Session, relation: RelationEntry): void {
    const { database, schema, name } = relation;
    if (isTemporary(relation)) this.temporaryMap(session).delete(temporaryKey(database, schema, name));
    else this.schema(database, schema)?.relations.delete(name);
  }

  private temporaryMap(session: Session): Map<string, TableEntry> {
    const existing = this.temporary.get(session) ?? new Map<string, TableEntry>();
    this.temporary.set(session, existing);
    return existing;
  }

  private transaction(steps: readonly Step[], guard?: Guard): Promise<void> {
    return this.engine.transaction(steps, guard);
  }
}

const isTemporary = (relation: RelationEntry): relation is TableEntry =>
  relation.kind === 'TABLE' && relation.durability === 'TEMPORARY';

/** The sequence that counts a table's AUTOINCREMENT column. */
export const counterOf = (physicalTable: string) => `${physicalTable}_counter`;

const dropTableStatements = ({ physical, columns }: TableEntry): string[] => [
  `DROP TABLE ${physical}`,
  ...(columns.some(({ autoIncrement }) => autoIncrement) ? [`DROP SEQUENCE ${counterOf(physical)}`] : []),
];
