import type { Query } from '../parser/query-tree';
import { collectResult } from '../results/collect-result';
import { statementTypes, type Result } from '../results/result';
import { CompileContext } from '../sql/compile-context';
import type { CompiledStatement } from '../sql/compiled-statement';
import type { CompiledQueries, ReadyQuery } from '../sql/compiled-queries';
import type { CompiledQuery } from '../sql/environment';
import { QueryCompiler } from '../sql/query-compiler';
import type { Statement } from '../statements/statement';
import { bindValues, needWarehouse, runOnConnection } from '../statements/run-on-connection';

/** What a query's meaning depends on beside its text. */
function cacheKey({ session, context, request }: Statement): string {
  const { role, secondaryRoles, database, schema, warehouse } = context;
  const binds = request.binds.map(({ type, value }) => (Array.isArray(value) ? 'array' : type));
  return JSON.stringify([
    request.sqlText,
    session.person.name,
    role,
    secondaryRoles,
    database,
    schema,
    warehouse,
    binds,
    session.account.catalog.version,
    session.account.catalog.temporaryTables(session).map(({ physical }) => physical),
  ]);
}

/** The query as it was compiled before, if its text still means the same. */
export function knownQuery(statement: Statement): CompiledStatement | undefined {
  const ready = statement.session.account.compiled.get(cacheKey(statement));
  return ready && asStatement(ready);
}

export function compileQuery(query: Query, statement: Statement): CompiledStatement {
  const context = new CompileContext(statement);
  const ready = readyQuery(new QueryCompiler(context).query(query), context);
  if (!context.volatile) remember(statement.session.account.compiled, statement, ready);
  return asStatement(ready);
}

/** A query that is a part of a statement: the statement's text does not mean it, so it is not remembered by that. */
export function compileInnerQuery(query: Query, statement: Statement): CompiledStatement {
  const context = new CompileContext(statement);
  return asStatement(readyQuery(new QueryCompiler(context).query(query), context));
}

function remember(compiled: CompiledQueries, statement: Statement, ready: ReadyQuery): void {
  compiled.set(cacheKey(statement), ready);
}

export function readyQuery(compiled: CompiledQuery, context: CompileContext): ReadyQuery {
  const { binds, tables, waitMs, preparations } = context;
  return { ...compiled, binds, tables, waitMs, preparations };
}

const asStatement = (ready: ReadyQuery): CompiledStatement => ({
  columns: ready.columns,
  statementTypeId: statementTypes.select,
  reads: ready.tables,
  run: async (statement) => {
    needWarehouse(statement);
    return runReady(ready, statement, statementTypes.select);
  },
});

/** Runs a compiled query and keeps its result. */
export async function runReady(ready: ReadyQuery, statement: Statement, statementTypeId: number): Promise<Result> {
  await statement.wait(ready.waitMs);
  for (const prepare of ready.preparations) await prepare();
  const values = bindValues(statement, ready.binds);
  const { files } = statement.session.account;
  const target = { queryId: statement.queryId, files, maxRows: statement.request.maxRows || Infinity };
  const result = await runOnConnection(statement, (connection) =>
    collectResult(connection, { sql: ready.sql, columns: ready.columns, binds: values }, target),
  );
  return { ...result, statementTypeId };
}
