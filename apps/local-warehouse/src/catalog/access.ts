import { inheritedBy } from '../accounts/roles';
import type { Session, SessionContext } from '../sessions/session';
import { accessDenied, cannotOperate, objectNotFound } from '../statements/warehouse-error';
import type { Catalog } from './catalog';
import type {
  DatabaseEntry,
  RelationEntry,
  SchemaEntry,
  SearchServiceEntry,
  SemanticViewEntry,
  TagEntry,
} from './catalog-entries';

/**
 * What a statement may see and do. The rules are few: the share is read by everyone and written by no one; who owns a
 * database does everything in it; ANALYST reads the tables and views of DEMO.PUBLIC; a role reads what it was granted.
 */
export class Access {
  private readonly roles: ReadonlySet<string>;

  constructor(
    private readonly session: Session,
    readonly context: SessionContext,
  ) {
    const active = [context.role, ...(context.secondaryRoles === 'ALL' ? session.person.roles : [])];
    this.roles = new Set(active.flatMap((role) => [role, ...inheritedBy(role)]));
  }

  private get catalog(): Catalog {
    return this.session.account.catalog;
  }

  /** Whether a role is active, by itself or through one that inherits it. */
  holds(role: string): boolean {
    return this.roles.has(role);
  }

  private owns(owner: string): boolean {
    return this.roles.has(owner);
  }

  seesDatabase(database: DatabaseEntry): boolean {
    const { shared, owner, name } = database;
    return shared || this.owns(owner) || this.reads(database) || (name === 'DEMO' && this.roles.has('ANALYST'));
  }

  seesSchema(database: DatabaseEntry, schema: SchemaEntry): boolean {
    if (!this.seesDatabase(database)) return false;
    return database.shared || this.owns(schema.owner) || this.reads(schema) || isPublic(database, schema);
  }

  /** A session's temporary tables are its own, whatever its role. */
  private seesRelation(database: DatabaseEntry, schema: SchemaEntry, relation: RelationEntry): boolean {
    if (relation.kind === 'TABLE' && relation.durability === 'TEMPORARY') return true;
    if (this.owns(relation.owner) || this.owns(schema.owner) || this.owns(database.owner)) return true;
    const isOpen = database.shared || (isPublic(database, schema) && this.roles.has('ANALYST'));
    return isOpen || this.reads(relation);
  }

  private reads({ readers }: { readers?: readonly string[] }): boolean {
    return readers?.some((role) => this.roles.has(role)) ?? false;
  }

  /** The relation as it is listed: the text of a secure view is for its owner. */
  listed<Entry extends RelationEntry>(relation: Entry): Entry {
    const hides = relation.kind === 'VIEW' && relation.isSecure === true && !this.owns(relation.owner);
    return hides ? { ...relation, source: '' } : relation;
  }

  private writes(database: DatabaseEntry, owner: string): boolean {
    return !database.shared && !database.isReadOnly && this.owns(owner);
  }

  databases(): DatabaseEntry[] {
    return this.catalog.allDatabases().filter((database) => this.seesDatabase(database));
  }

  schemas(database: DatabaseEntry): SchemaEntry[] {
    return [...database.schemas.values()]
      .filter((schema) => this.seesSchema(database, schema))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  relations(database: DatabaseEntry, schema: SchemaEntry): RelationEntry[] {
    const temporary = this.catalog
      .temporaryTables(this.session)
      .filter((table) => table.database === database.name && table.schema === schema.name);
    const kept = this.catalog.relationsOf(schema).filter((relation) => this.seesRelation(database, schema, relation));
    return temporary.length === 0 ? kept : [...kept, ...temporary].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A name with the session's database and schema before it, where it is shorter. */
  qualify(names: readonly string[]): [database: string, schema: string, name: string] {
    const { database, schema } = this.context;
    const [last = '', second = schema, third = database] = [...names].reverse();
    if (names.length > 3) throw objectNotFound('Object', names.join('.'));
    if (third === undefined || second === undefined) {
      throw cannotFindSchema(names);
    }
    return [third, second, last];
  }

  findRelation(names: readonly string[]): RelationEntry | undefined {
    const [database, schema, name] = this.qualify(names);
    const place = this.findSchema(database, schema);
    const relation = place && this.catalog.relation(this.session, database, schema, name);
    return relation && this.seesRelation(place.database, place.schema, relation) ? relation : undefined;
  }

  readableRelation(names: readonly string[]): RelationEntry {
    const relation = this.findRelation(names);
    if (!relation) throw objectNotFound('Object', names.join('.'));
    return relation;
  }

  /** A relation this statement changes. */
  writableRelation(names: readonly string[]): RelationEntry {
    const relation = this.readableRelation(names);
    const database = this.catalog.database(relation.database);
    if (!database || !this.writes(database, relation.owner)) {
      throw accessDenied(`Insufficient privileges to operate on ${relation.kind.toLowerCase()} '${relation.name}'`);
    }
    return relation;
  }

  findSemanticView(names: readonly string[]): SemanticViewEntry | undefined {
    const [database, schema, name] = this.qualify(names);
    return this.findSchema(database, schema)?.schema.semanticViews.get(name);
  }

  readableSemanticView(names: readonly string[]): SemanticViewEntry {
    const view = this.findSemanticView(names);
    if (!view) throw objectNotFound('Semantic view', names.join('.'));
    return view;
  }

  findSearchService(names: readonly string[]): SearchServiceEntry | undefined {
    const [database, schema, name] = this.qualify(names);
    return this.findSchema(database, schema)?.schema.searchServices.get(name);
  }

  /** The tag of a name, in full. Whoever sees its schema may set it here. */
  tagNamed(names: readonly string[]): { database: string; schema: string; tag: TagEntry } {
    const [database, schema, name] = this.qualify(names);
    const tag = this.findSchema(database, schema)?.schema.tags.get(name);
    if (!tag) throw objectNotFound('Tag', names.join('.'));
    return { database, schema, tag };
  }

  private findSchema(databaseName: string, schemaName: string) {
    const database = this.catalog.database(databaseName);
    const schema = database?.schemas.get(schemaName);
    return database && schema && this.seesSchema(database, schema) ? { database, schema } : undefined;
  }

  findDatabase(name: string): DatabaseEntry {
    const database = this.catalog.database(name);
    if (!database || !this.seesDatabase(database)) throw cannotOperate();
    return database;
  }

  schemaNamed(databaseName: string, schemaName: string): { database: DatabaseEntry; schema: SchemaEntry } {
    const found = this.findSchema(databaseName, schemaName);
    if (!found) throw cannotOperate();
    return found;
  }

  /** A schema this statement makes something in. */
  writableSchema(databaseName: string, schemaName: string): { database: DatabaseEntry; schema: SchemaEntry } {
    const found = this.findSchema(databaseName, schemaName);
    if (!found) throw objectNotFound('Schema', `${databaseName}.${schemaName}`);
    if (!this.writes(found.database, found.schema.owner)) {
      throw accessDenied(`Insufficient privileges to operate on schema '${schemaName}'`);
    }
    return found;
  }

  writableDatabase(name: string): DatabaseEntry {
    const database = this.catalog.database(name);
    if (!database || !this.seesDatabase(database)) throw objectNotFound('Database', name);
    if (!this.writes(database, database.owner))
      throw accessDenied(`Insufficient privileges to operate on database '${name}'`);
    return database;
  }

  mayCreateDatabases(): boolean {
    return this.roles.has('SYSADMIN');
  }
}

const isPublic = (database: DatabaseEntry, schema: SchemaEntry) => database.name === 'DEMO' && schema.name === 'PUBLIC';
const cannotFindSchema = (names: readonly string[]) => objectNotFound('Object', names.join('.'));
