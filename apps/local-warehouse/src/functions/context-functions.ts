import { organization, region } from '../accounts/people';
import { text as quoted } from '../engine/quote';
import { date, text, time, timestampLtz, timestampNtz } from '../sql/snowflake-type';
import { unsupported } from '../statements/warehouse-error';
import type { FunctionCall } from './function-call';
import { scalar, type FunctionTable } from './function-definition';

/** A function whose answer is known before the statement runs. */
const known = (value: (call: FunctionCall) => string | undefined) =>
  scalar(0, 0, (call) => {
    const answer = value(call);
    return {
      sql: answer === undefined ? 'CAST(NULL AS VARCHAR)' : quoted(answer),
      type: text,
      nullable: answer === undefined,
    };
  });
/** The same for one that may differ at the next call. */
const changing = (value: (call: FunctionCall) => string | undefined) => {
  const { compile } = known(value);
  return scalar(0, 0, (call) => {
    call.env.context.volatile = true;
    return compile(call);
  });
};

const session = (call: FunctionCall) => call.env.context.session;
const context = (call: FunctionCall) => call.env.context.access.context;
const longestWaitMs = 3_600_000;

function wait(call: FunctionCall): { sql: string; type: typeof text; nullable: boolean } {
  const amount = call.literalNumber(0);
  const unit = call.has(1) ? call.literalText(1).toUpperCase().replace(/S$/, '') : 'SECOND';
  const factor = { MILLISECOND: 1, SECOND: 1000, MINUTE: 60_000 }[unit];
  if (!factor || amount * factor > longestWaitMs) throw unsupported(`SYSTEM$WAIT of ${amount} ${unit}S`, call.at);
  call.env.context.waitMs += amount * factor;
  return { sql: quoted(`waited ${amount} ${unit.toLowerCase()}s`), type: text, nullable: false };
}

export const contextFunctions: FunctionTable = {
  CURRENT_ACCOUNT: known((call) => session(call).account.settings.locator),
  CURRENT_ACCOUNT_NAME: known((call) => session(call).account.settings.name),
  CURRENT_ORGANIZATION_NAME: known(() => organization),
  CURRENT_REGION: known(() => region),
  CURRENT_USER: known((call) => session(call).person.name),
  CURRENT_ROLE: known((call) => context(call).role),
  CURRENT_SECONDARY_ROLES: known((call) => {
    const { role, secondaryRoles } = context(call);
    const others = secondaryRoles === 'ALL' ? session(call).person.roles.filter((name) => name !== role) : [];
    return JSON.stringify({ roles: others.join(','), value: secondaryRoles === 'ALL' ? 'ALL' : '' });
  }),
  CURRENT_AVAILABLE_ROLES: changing((call) => JSON.stringify(session(call).person.roles)),
  CURRENT_WAREHOUSE: known((call) => context(call).warehouse),
  CURRENT_DATABASE: known((call) => context(call).database),
  CURRENT_SCHEMA: known((call) => context(call).schema),
  CURRENT_SCHEMAS: known((call) => {
    const { database, schema } = context(call);
    return database && schema ? JSON.stringify([`${database}.${schema}`]) : '[]';
  }),
  CURRENT_VERSION: known((call) => session(call).account.version),
  CURRENT_CLIENT: changing((call) => session(call).client),
  CURRENT_IP_ADDRESS: known(() => '127.0.0.1'),
  CURRENT_SESSION: changing((call) => String(session(call).id)),
  CURRENT_STATEMENT: changing((call) => call.env.context.statement.request.sqlText),
  CURRENT_TRANSACTION: known(() => undefined),
  LAST_QUERY_ID: scalar(0, 1, (call) => {
    if (call.has(0) && call.literalNumber(0) !== -1) throw unsupported('LAST_QUERY_ID of another position', call.at);
    call.env.context.volatile = true;
    const id = session(call).lastQueryId;
    return { sql: id ? quoted(id) : 'CAST(NULL AS VARCHAR)', type: text, nullable: !id };
  }),
  SYSTEM$WAIT: scalar(1, 2, wait),
  SYSTEM$ALLOWLIST: changing((call) => {
    const { hostname: host, port } = new URL(call.env.context.statement.request.origin);
    return JSON.stringify(['SNOWFLAKE_DEPLOYMENT', 'STAGE'].map((type) => ({ type, host, port: Number(port) })));
  }),
  SYSTEM$TYPEOF: scalar(1, 1, (call) => ({ sql: quoted(call.typeName(0)), type: text, nullable: false })),
  CURRENT_TIMESTAMP: scalar(0, 1, () => ({ sql: 'now()', type: timestampLtz, nullable: false })),
  LOCALTIMESTAMP: scalar(0, 1, () => ({ sql: 'now()', type: timestampLtz, nullable: false })),
  GETDATE: scalar(0, 0, () => ({ sql: 'now()', type: timestampLtz, nullable: false })),
  SYSTIMESTAMP: scalar(0, 0, () => ({ sql: 'now()', type: timestampLtz, nullable: false })),
  SYSDATE: scalar(0, 0, () => ({ sql: 'CAST(now() AS TIMESTAMP)', type: timestampNtz, nullable: false })),
  CURRENT_DATE: scalar(0, 0, () => ({ sql: 'CAST(now() AS DATE)', type: date, nullable: false })),
  CURRENT_TIME: scalar(0, 1, () => ({ sql: 'CAST(CAST(now() AS TIMESTAMP) AS TIME)', type: time, nullable: false })),
  LOCALTIME: scalar(0, 1, () => ({ sql: 'CAST(CAST(now() AS TIMESTAMP) AS TIME)', type: time, nullable: false })),
  IS_ROLE_IN_SESSION: scalar(1, 1, (call) => ({
    sql: String(call.env.context.access.holds(call.literalText(0).toUpperCase())),
    type: { kind: 'boolean' },
    nullable: false,
  })),
};
