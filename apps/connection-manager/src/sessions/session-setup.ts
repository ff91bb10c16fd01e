import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { AccountIdentity } from '@snowflow/contracts/sessions/tenant-id';
import type { DriverConnection, DriverResult, RawRow } from '../driver/snowflake-driver';

/** What every session is set to, so that no account's or user's defaults change what a statement means. */
export const SESSION_PARAMETERS: Readonly<Record<string, string | number | boolean>> = {
  ABORT_DETACHED_QUERY: false,
  AUTOCOMMIT: true,
  BINARY_OUTPUT_FORMAT: 'HEX',
  DATE_OUTPUT_FORMAT: 'YYYY-MM-DD',
  LOCK_TIMEOUT: 300,
  QUOTED_IDENTIFIERS_IGNORE_CASE: false,
  ROWS_PER_RESULTSET: 0,
  STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: 3600,
  STATEMENT_TIMEOUT_IN_SECONDS: 3600,
  TIME_OUTPUT_FORMAT: 'HH24:MI:SS.FF9',
  TIMESTAMP_LTZ_OUTPUT_FORMAT: 'YYYY-MM-DD"T"HH24:MI:SS.FF9TZH:TZM',
  TIMESTAMP_NTZ_OUTPUT_FORMAT: 'YYYY-MM-DD"T"HH24:MI:SS.FF9',
  TIMESTAMP_TZ_OUTPUT_FORMAT: 'YYYY-MM-DD"T"HH24:MI:SS.FF9TZH:TZM',
  TIMEZONE: 'UTC',
  WEEK_START: 0,
};

const literal = (value: string | number | boolean) =>
  typeof value === 'string' ? `'${value}'` : String(value).toUpperCase();

const SET_PARAMETERS = `ALTER SESSION SET ${Object.entries(SESSION_PARAMETERS)
  .map(([name, value]) => `${name} = ${literal(value)}`)
  .join(', ')}`;

const WHO_AND_WHERE = `SELECT CURRENT_ORGANIZATION_NAME(), CURRENT_REGION(), CURRENT_ACCOUNT(), CURRENT_USER(), CURRENT_ROLE(), CURRENT_WAREHOUSE(), CURRENT_DATABASE(), CURRENT_SCHEMA(), CURRENT_AVAILABLE_ROLES()`;

/** What a new session says of itself. */
export interface SessionFacts {
  account: AccountIdentity;
  username: string;
  context: PinnedContext;
  /** All that are granted to the person. */
  roles: string[];
}

/** Sets and verifies the session's parameters, then asks whose it is and where it stands. */
export async function setUpSession(connection: DriverConnection, signal: AbortSignal): Promise<SessionFacts> {
  await connection.execute({ sql: SET_PARAMETERS }, signal);
  await connection.execute({ sql: 'USE SECONDARY ROLES NONE' }, signal);
  await verifyParameters(await connection.execute({ sql: 'SHOW PARAMETERS IN SESSION' }, signal));
  return readFacts(await connection.execute({ sql: WHO_AND_WHERE }, signal));
}

async function verifyParameters(shown: DriverResult): Promise<void> {
  const nameAt = shown.columns.findIndex(({ name }) => name.toLowerCase() === 'key');
  const valueAt = shown.columns.findIndex(({ name }) => name.toLowerCase() === 'value');
  const actual = new Map<string, string | null>();
  for await (const row of shown.rows(0, shown.rowCount - 1)) actual.set(row[nameAt] ?? '', row[valueAt] ?? null);
  const wrong = Object.entries(SESSION_PARAMETERS).filter(
    ([name, value]) => actual.get(name)?.toLowerCase() !== String(value).toLowerCase(),
  );
  if (wrong.length === 0) return;
  throw new AppError(
    'SNOWFLAKE_LOGIN_FAILED',
    `This account does not let a session set ${wrong.map(([name]) => name).join(', ')}. Ask its administrator.`,
  );
}

async function readFacts(result: DriverResult): Promise<SessionFacts> {
  let facts: RawRow = [];
  for await (const row of result.rows(0, 0)) facts = row;
  const [organization, region, locator, username, role, warehouse, database, schema, roles] = facts;
  if (!region || !locator || !username) {
    throw new AppError('SNOWFLAKE_UNAVAILABLE', 'Snowflake did not say which account this session belongs to.');
  }
  return {
    account: { organization: organization ?? '', region, locator },
    username,
    roles: JSON.parse(roles ?? '[]') as string[],
    context: {
      role: role ?? null,
      secondaryRoles: 'NONE',
      warehouse: warehouse ?? null,
      database: database ?? null,
      schema: schema ?? null,
    },
  };
}
