import { AppError } from '@snowflow/contracts/errors/app-error';
import { type BoundStatement, renderBinds } from '@snowflow/nodes/kit/sql/render';
import { SqlTextError } from '@snowflow/nodes/kit/sql/sql-text-error';
import { queryFragment } from '@snowflow/nodes/kit/sql/sql-text';
import type { SqlParser } from '../sql/sql-parser';

/** A schema that an agent may read from. */
export interface AllowedSchema {
  database: string;
  schema: string;
}

/**
 * The statement of an agent's model, where it is one SELECT that reads from the allowed schemas only (none named: from whatever its person
 * may read). It is held to the same rules as the SQL of a node. A name without a schema is one of the first allowed schema: whoever runs
 * the statement has to see to that. Throws VALIDATION with what the model should do instead.
 */
export function agentQuery(sql: string, schemas: readonly AllowedSchema[], parser: SqlParser): BoundStatement {
  const statement = rendered(sql);
  const [finding] = parser.checkQuery(statement.sql);
  if (finding) throw refused(finding.message);
  const [first] = schemas;
  if (!first) return statement;
  const objects = parser.objectsIn(statement.sql);
  const { tables = [], semanticViews = [], functions = [], unqualified = [], readers = [] } = objects ?? {};
  // A function of the account hides what it reads, and others are told it in a text.
  const hiding = [...functions, ...[...unqualified, ...readers].map((name) => [name])];
  const outside = hiding[0] ?? [...tables, ...semanticViews].find((parts) => !isAllowed(parts, schemas, first));
  if (!outside) return statement;
  const names = schemas.map(({ database, schema }) => `${database}.${schema}`).join(', ');
  throw refused(`“${outside.join('.')}” is not in ${names}`);
}

function rendered(sql: string): BoundStatement {
  try {
    return renderBinds(queryFragment(sql, []));
  } catch (error) {
    throw error instanceof SqlTextError ? refused(error.message) : error;
  }
}

function isAllowed(parts: readonly string[], schemas: readonly AllowedSchema[], first: AllowedSchema): boolean {
  const [, schema, database = first.database] = parts.toReversed();
  return schema === undefined || schemas.some((one) => one.schema === schema && one.database === database);
}

const refused = (reason: string) => new AppError('VALIDATION', `The statement was not run: ${reason}.`);
