import { duckdbCatalogs } from '../engine/duckdb-engine';
import { identifier } from '../engine/quote';
import { tpchColumns } from '../sample-data/tpch-columns';
import { parseTypeName } from '../sql/snowflake-type';
import type { DatabaseEntry, RelationEntry } from './catalog-entries';

export const sampleDatabase = 'SNOWFLAKE_SAMPLE_DATA';
const schema = 'TPCH_SF1';
/** The share's age is a constant: it was not made by anyone here. */
const createdAt = Date.UTC(2024, 0, 1);

/** SNOWFLAKE_SAMPLE_DATA, as every account sees it. */
export function sampleEntry(): DatabaseEntry {
  const relations = Object.entries(tpchColumns).map(([name, columns]): RelationEntry => ({
    kind: 'TABLE',
    database: sampleDatabase,
    schema,
    name,
    owner: 'ACCOUNTADMIN',
    createdAt,
    comment: undefined,
    durability: 'PERMANENT',
    columnCount: columns.length,
    physical: [duckdbCatalogs.sample, `${sampleDatabase}.${schema}`, name].map(identifier).join('.'),
    columns: columns.map((column) => ({
      name: column.name,
      physical: column.name,
      type: parseTypeName(column.type),
      nullable: column.nullable,
      default: undefined,
      autoIncrement: false,
      primaryKey: false,
      comment: undefined,
    })),
  }));
  return {
    name: sampleDatabase,
    owner: 'ACCOUNTADMIN',
    createdAt,
    shared: true,
    schemas: new Map([
      [
        schema,
        {
          name: schema,
          owner: 'ACCOUNTADMIN',
          createdAt,
          relations: new Map(relations.map((relation) => [relation.name, relation])),
          sequences: new Map(),
          semanticViews: new Map(),
          searchServices: new Map(),
          tags: new Map(),
        },
      ],
    ]),
  };
}
