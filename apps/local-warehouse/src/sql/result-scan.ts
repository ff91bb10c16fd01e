import type { Call } from '../parser/expression-tree';
import { loadKeptResult } from '../results/kept-result';
import { WarehouseError } from '../statements/warehouse-error';
import type { CompiledQuery, Environment } from './environment';
import { unsupported } from '../statements/warehouse-error';

/** TABLE(RESULT_SCAN('<query id>')): only a person's own results, whatever their role. */
export function keptResult(call: Call, env: Environment): CompiledQuery {
  const [tree] = call.args;
  if (!tree) throw unsupported('RESULT_SCAN without a query id', call.at);
  const { session, statement: reader } = env.context;
  env.context.volatile = true;
  const last = tree.t === 'call' && tree.name === 'LAST_QUERY_ID';
  // A bind is known before the statement runs, as a written query id is.
  const bound = tree.t === 'bind' ? env.context.statement.request.binds[tree.index - 1]?.value : undefined;
  const value = last ? session.lastQueryId : (bound ?? env.expression(tree).literal);
  const statement = typeof value === 'string' ? session.account.statements.find(value) : undefined;
  if (!statement || statement.session.person !== session.person || !statement.result) {
    throw new WarehouseError('000709', '02000', `Statement ${String(value)} not found`, call.at);
  }
  const table = `results.main."${statement.queryId}"`;
  env.context.preparations.push(() => loadKeptResult(statement, table, reader));
  const { columns } = statement.result;
  const list = columns.map((_, index) => `c${index}`).join(', ');
  return { sql: `SELECT ${list} FROM ${table} ORDER BY n`, columns: [...columns] };
}
