import { nameOf } from '@snowflow/contracts/policies/qualified-name';

/** What stands for what where a file is imported. Names of schemas and tables are dotted: `SALES.PUBLIC`, `SALES.PUBLIC.ORDERS`. */
export interface ImportMapping {
  databases: ReadonlyMap<string, string>;
  schemas: ReadonlyMap<string, readonly string[]>;
  tables: ReadonlyMap<string, readonly string[]>;
  warehouses: ReadonlyMap<string, string>;
  approvers: ReadonlyMap<string, string>;
  credentials: ReadonlyMap<string, string>;
  secrets: ReadonlyMap<string, string>;
  /** Ids by the names that the file has for workflows: those that it holds, and those of the person. */
  workflows: ReadonlyMap<string, string>;
}

export interface ObjectName {
  database: string;
  schema?: string;
  table?: string;
}

/** The name of an object where it is imported: what is said of the table itself, else of its schema, else of its database. */
export function mapped({ database, schema, table }: ObjectName, mapping: ImportMapping): ObjectName {
  const byTable =
    schema === undefined || table === undefined ? undefined : mapping.tables.get(nameOf([database, schema, table]));
  if (byTable) return { database: byTable[0] ?? database, schema: byTable[1], table: byTable[2] };
  const bySchema = schema === undefined ? undefined : mapping.schemas.get(nameOf([database, schema]));
  const more = table === undefined ? {} : { table };
  if (bySchema) return { database: bySchema[0] ?? database, schema: bySchema[1], ...more };
  const other = mapping.databases.get(database) ?? database;
  return { database: other, ...(schema === undefined ? {} : { schema }), ...more };
}

export const spelled = ({ database, schema, table }: ObjectName): string =>
  nameOf([database, schema, table].filter((part) => part !== undefined));
