import type { DuckDbEngine } from '../engine/duckdb-engine';
import type { DatabaseEntry, RelationEntry, SchemaEntry, TableEntry } from './catalog-entries';
import { emptySchema } from './catalog-store';
import { sampleEntry } from './sample-entry';

const SCHEMAS = 20;
const TABLES_OF_SCHEMA = 50;
/** The age of the estate is a constant too. */
const createdAt = Date.UTC(2025, 0, 1);
const owner = 'SYSADMIN';
const WORDS = ['SALES', 'FINANCE', 'WEB', 'SUPPORT', 'LOGISTICS', 'PEOPLE', 'RISK', 'MEDIA', 'FIELD', 'PLANT'];

const numbered = (word: string, index: number, digits: number) => `${word}_${String(index).padStart(digits, '0')}`;
const word = (index: number) => WORDS[index % WORDS.length] ?? '';

/**
 * So many tables and views over databases of twenty schemas each, for trials at scale: entries only, which all read the sample's data, so
 * they cost neither time nor space. Nobody writes them. ANALYST reads every second one; SYSADMIN, which owns them, all.
 */
export async function madeUpEstate(count: number, engine: DuckDbEngine): Promise<DatabaseEntry[]> {
  const patterns = await samplePatterns(engine);
  const ofDatabase = SCHEMAS * TABLES_OF_SCHEMA;
  return Array.from({ length: Math.ceil(count / ofDatabase) }, (_, index): DatabaseEntry => {
    const name = numbered(`${word(index)}_ESTATE`, index + 1, 3);
    const schemas = new Map<string, SchemaEntry>();
    for (let first = index * ofDatabase; first < Math.min(count, (index + 1) * ofDatabase); first += TABLES_OF_SCHEMA) {
      const schema = schemaOf(name, first, Math.min(TABLES_OF_SCHEMA, count - first), patterns);
      schemas.set(schema.name, schema);
    }
    return { name, owner, createdAt, shared: false, isReadOnly: true, readers: ['ANALYST'], schemas };
  });
}

/** The sample's tables with their rows counted, once for all that read them. */
async function samplePatterns(engine: DuckDbEngine): Promise<TableEntry[]> {
  const tables = [...sampleEntry().schemas.values()].flatMap(({ relations }) => [...relations.values()]);
  const patterns: TableEntry[] = [];
  for (const table of tables) {
    if (table.kind !== 'TABLE') continue;
    const [row] = await engine.rows(`SELECT count(*) AS n FROM ${table.physical}`);
    patterns.push({ ...table, rowCount: Number(row?.n) });
  }
  return patterns;
}

function schemaOf(database: string, first: number, count: number, patterns: readonly TableEntry[]): SchemaEntry {
  const name = numbered(word(first / TABLES_OF_SCHEMA), (first / TABLES_OF_SCHEMA) % SCHEMAS, 2);
  const relations = new Map<string, RelationEntry>();
  for (let index = first; index < first + count; index++) {
    const relation = relationOf(database, name, index, patterns);
    relations.set(relation.name, relation);
  }
  return { ...emptySchema(name, owner), createdAt, readers: ['ANALYST'], relations };
}

/** By twos, so that of every kind ANALYST reads one half: every tenth two are views, and every twentieth two secure ones. */
function relationOf(database: string, schema: string, index: number, patterns: readonly TableEntry[]): RelationEntry {
  const pair = Math.floor(index / 2);
  const pattern = patterns[pair % patterns.length] as TableEntry;
  const base = {
    database,
    schema,
    name: numbered(`${pattern.name}_${word(index)}`, index, 6),
    owner,
    createdAt,
    comment: index % 3 === 0 ? `Made up, with the rows of ${pattern.name}` : undefined,
    readers: index % 2 === 0 ? ['ANALYST'] : [],
    columns: pattern.columns,
  };
  if (pair % 10 !== 0) return { ...pattern, ...base };
  const source = `SELECT * FROM ${pattern.database}.${pattern.schema}.${pattern.name}`;
  return { ...base, kind: 'VIEW', source, isSecure: pair % 20 === 0 };
}
