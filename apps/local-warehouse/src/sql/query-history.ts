import type { Call } from '../parser/expression-tree';
import type { Statement } from '../statements/statement';
import { unsupported } from '../statements/warehouse-error';
import type { CompiledQuery, Environment } from './environment';
import { numberColumn, rowsRelation, textColumn, timeColumn } from './rows-relation';

const arguments_ = new Set([
  'USER_NAME',
  'RESULT_LIMIT',
  'SESSION_ID',
  'END_TIME_RANGE_START',
  'END_TIME_RANGE_END',
  'INCLUDE_CLIENT_GENERATED_STATEMENT',
]);

/** INFORMATION_SCHEMA.QUERY_HISTORY and its kin: the newest statements of the person who asks. */
export function queryHistory(call: Call, kind: string, env: Environment): CompiledQuery {
  for (const name of call.named.keys())
    if (!arguments_.has(name)) throw unsupported(`${kind} argument ${name}`, call.at);
  if (call.args.length > 0) throw unsupported(`${kind} with positional arguments`, call.at);
  env.context.volatile = true;
  const { session } = env.context;
  const value = (name: string) => {
    const tree = call.named.get(name);
    return tree && env.expression(tree).literal;
  };
  for (const name of ['END_TIME_RANGE_START', 'END_TIME_RANGE_END'])
    if (call.named.has(name)) throw unsupported(`${kind} argument ${name}`, call.at);
  const user = value('USER_NAME');
  const limit = Number(value('RESULT_LIMIT') ?? 100);
  const own = session.account.statements
    .newestFirst()
    .filter(
      (statement) =>
        statement.session.person === session.person &&
        (user === undefined || String(user).toUpperCase() === session.person.name) &&
        (kind !== 'QUERY_HISTORY_BY_SESSION' || statement.session === session) &&
        statement !== env.context.statement,
    );
  return rowsRelation(own.slice(0, Math.min(limit, 10_000)), columns);
}

const columns = [
  textColumn<Statement>('QUERY_ID', ({ queryId }) => queryId),
  textColumn<Statement>('QUERY_TEXT', ({ request }) => request.sqlText),
  textColumn<Statement>('DATABASE_NAME', ({ context }) => context.database ?? null),
  textColumn<Statement>('SCHEMA_NAME', ({ context }) => context.schema ?? null),
  textColumn<Statement>('QUERY_TYPE', ({ request }) => /^\s*(\w+)/.exec(request.sqlText)?.[1]?.toUpperCase() ?? null),
  numberColumn<Statement>('SESSION_ID', ({ session }) => session.id),
  textColumn<Statement>('USER_NAME', ({ session }) => session.person.name),
  textColumn<Statement>('ROLE_NAME', ({ context }) => context.role),
  textColumn<Statement>('WAREHOUSE_NAME', ({ context }) => context.warehouse ?? null),
  textColumn<Statement>('QUERY_TAG', ({ request }) => request.queryTag),
  textColumn<Statement>('EXECUTION_STATUS', ({ status }) => status),
  textColumn<Statement>('ERROR_CODE', ({ error }) => error?.code ?? null),
  textColumn<Statement>('ERROR_MESSAGE', ({ error }) => error?.message ?? null),
  timeColumn<Statement>('START_TIME', ({ submittedAt }) => new Date(submittedAt)),
  timeColumn<Statement>('END_TIME', ({ endedAt }) => (endedAt === undefined ? null : new Date(endedAt))),
  numberColumn<Statement>('TOTAL_ELAPSED_TIME', ({ submittedAt, endedAt }) => (endedAt ?? Date.now()) - submittedAt),
  numberColumn<Statement>('ROWS_PRODUCED', ({ result }) => (result ? (result.rowsAffected ?? result.total) : null)),
];
