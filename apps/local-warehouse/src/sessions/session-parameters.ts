import { unsupported, WarehouseError } from '../statements/warehouse-error';

type ParameterValue = string | number | boolean;

interface Parameter {
  default: ParameterValue;
  description: string;
  /** Answers why a value cannot be served; a warehouse that ignored it would answer wrongly. */
  refuse?: (value: ParameterValue) => boolean;
}

const only = (value: ParameterValue, description: string): Parameter => ({
  default: value,
  description,
  refuse: (wanted) => String(wanted).toUpperCase() !== String(value).toUpperCase(),
});
const any = (value: ParameterValue, description: string): Parameter => ({ default: value, description });

/** The session parameters this warehouse knows. Those that would change an answer are accepted at one value only. */
export const parameterCatalog: Readonly<Record<string, Parameter>> = {
  ABORT_DETACHED_QUERY: only(false, 'Abort running queries when their connection is lost'),
  AUTOCOMMIT: only(true, 'Commit each statement that is not part of a transaction'),
  BINARY_INPUT_FORMAT: only('HEX', 'Input format of binary values'),
  BINARY_OUTPUT_FORMAT: only('HEX', 'Output format of binary values'),
  CLIENT_RESULT_CHUNK_SIZE: any(48, 'Size of a result chunk in megabytes'),
  CLIENT_SESSION_KEEP_ALIVE: any(false, 'Whether the client keeps the session alive by heartbeats'),
  CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY: any(3600, 'Seconds between heartbeats'),
  CLIENT_STAGE_ARRAY_BINDING_THRESHOLD: any(1_000_000_000, 'Array binds above this size go to a stage'),
  CLIENT_TIMESTAMP_TYPE_MAPPING: only('TIMESTAMP_LTZ', 'Type of timestamp binds'),
  DATE_INPUT_FORMAT: only('AUTO', 'Input format of dates'),
  DATE_OUTPUT_FORMAT: any('YYYY-MM-DD', 'Output format of dates'),
  GEOGRAPHY_OUTPUT_FORMAT: any('GeoJSON', 'Output format of geographies'),
  JSON_INDENT: any(0, 'Blanks by which JSON is indented'),
  LOCK_TIMEOUT: any(43_200, 'Seconds to wait for a lock'),
  MULTI_STATEMENT_COUNT: only(1, 'Number of statements in one request'),
  NODEJS_TREAT_INTEGER_AS_BIGINT: any(false, 'Whether the Node driver returns BigInt'),
  PYTHON_CONNECTOR_QUERY_RESULT_FORMAT: any('JSON', 'Result format'),
  QUERY_RESULT_FORMAT: only('JSON', 'Result format'),
  QUERY_TAG: any('', 'Text kept with each statement'),
  QUOTED_IDENTIFIERS_IGNORE_CASE: only(false, 'Whether the case of quoted identifiers is ignored'),
  ROWS_PER_RESULTSET: any(0, 'Most rows a result may have, 0 for all'),
  STATEMENT_QUEUED_TIMEOUT_IN_SECONDS: any(0, 'Seconds a statement may wait in the queue, 0 for any'),
  STATEMENT_TIMEOUT_IN_SECONDS: any(172_800, 'Seconds a statement may run, 0 for any'),
  TIMESTAMP_INPUT_FORMAT: only('AUTO', 'Input format of timestamps'),
  TIMESTAMP_LTZ_OUTPUT_FORMAT: any('', 'Output format of TIMESTAMP_LTZ'),
  TIMESTAMP_NTZ_OUTPUT_FORMAT: any('YYYY-MM-DD HH24:MI:SS.FF3', 'Output format of TIMESTAMP_NTZ'),
  TIMESTAMP_OUTPUT_FORMAT: any('YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM', 'Output format of timestamps'),
  TIMESTAMP_TYPE_MAPPING: only('TIMESTAMP_NTZ', 'What TIMESTAMP means'),
  TIMESTAMP_TZ_OUTPUT_FORMAT: any('', 'Output format of TIMESTAMP_TZ'),
  TIMEZONE: only('UTC', 'Time zone of the session'),
  TIME_INPUT_FORMAT: only('AUTO', 'Input format of times'),
  TIME_OUTPUT_FORMAT: any('HH24:MI:SS', 'Output format of times'),
  TRANSACTION_DEFAULT_ISOLATION_LEVEL: only('READ COMMITTED', 'Isolation level'),
  USE_CACHED_RESULT: any(true, 'Whether results may be reused'),
  WEEK_OF_YEAR_POLICY: only(0, 'How weeks of a year are counted'),
  WEEK_START: only(0, 'First day of the week, 0 for ISO'),
};

const invalid = (name: string) =>
  new WarehouseError('001007', '22023', `SQL compilation error:\ninvalid parameter '${name}'`);

/** The values of one session, over the defaults. */
export class SessionParameters {
  private readonly own = new Map<string, ParameterValue>();

  get(name: string): ParameterValue {
    return this.own.get(name) ?? parameterCatalog[name]?.default ?? '';
  }

  set(name: string, value: ParameterValue): void {
    this.own.set(name, checkParameter(name, value));
  }

  /** A parameter of the login: the driver sends some of its own, and those that are not known here change nothing. */
  setFromClient(name: string, value: unknown): void {
    const known = name.toUpperCase();
    if (!parameterCatalog[known] || value === null || value === undefined) return;
    this.set(known, typeof value === 'number' || typeof value === 'boolean' ? value : String(value));
  }

  unset(name: string): void {
    if (!parameterCatalog[name]) throw invalid(name);
    this.own.delete(name);
  }

  all(): { name: string; value: ParameterValue; isDefault: boolean }[] {
    return Object.keys(parameterCatalog).map((name) => ({
      name,
      value: this.get(name),
      isDefault: !this.own.has(name),
    }));
  }
}

/** A parameter's value in its own type; refuses unknown names and values that this warehouse would not honour. */
export function checkParameter(name: string, value: ParameterValue): ParameterValue {
  const parameter = parameterCatalog[name];
  if (!parameter) throw invalid(name);
  if (parameter.refuse?.(value)) throw unsupported(`${name} = ${String(value)}`);
  return inTypeOf(parameter.default, value, name);
}

function inTypeOf(example: ParameterValue, value: ParameterValue, name: string): ParameterValue {
  if (typeof example === 'string') return String(value);
  if (typeof example === 'boolean') return String(value).toLowerCase() === 'true';
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) {
    throw new WarehouseError(
      '001008',
      '22023',
      `SQL compilation error:\ninvalid value [${String(value)}] for parameter '${name}'`,
    );
  }
  return number;
}
