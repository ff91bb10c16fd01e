import type { Statement } from '../statements/statement';
import type { WarehouseError } from '../statements/warehouse-error';
import { rowType } from '../results/row-type';
import type { Session } from '../sessions/session';

export const success = (data: unknown) => JSON.stringify({ data, code: null, message: null, success: true });

export function failure(error: WarehouseError, queryId?: string): string {
  const { code, sqlState, message, position, kind } = error;
  return JSON.stringify({
    data: {
      internalError: false,
      errorCode: code,
      age: 0,
      sqlState,
      queryId: queryId ?? null,
      line: position?.line ?? -1,
      pos: position?.pos ?? -1,
      type: kind,
    },
    code,
    message,
    success: false,
    headers: null,
  });
}

export const sessionParameters = (session: Session) =>
  session.parameters.all().map(({ name, value }) => ({ name, value }));

/** Tells the driver to come back: 333333 while a request waits, 333334 for one that asked not to wait. */
export function inProgress(statement: Statement, code: '333333' | '333334'): string {
  const data = {
    queryId: statement.queryId,
    getResultUrl: `/queries/${statement.queryId}/result`,
    queryAbortsAfterSecs: 300,
    progressDesc: null,
  };
  return JSON.stringify({ data, code, message: 'Query execution in progress', success: true });
}

/** A finished statement's reply. The rows are JSON text already and are set in as they are. */
export async function finished(statement: Statement, origin: string): Promise<string> {
  const { result, error, queryId, session, request } = statement;
  if (error) return failure(error, queryId);
  if (!result) throw new Error('The statement has not ended');
  const head = statement.headInFile ? await session.account.files.readHead(queryId) : result.head;
  const context = result.statementTypeId === 0x4100 ? session.context : statement.context;
  const data = {
    parameters: sessionParameters(session),
    rowtype: result.columns.map(rowType),
    total: result.total,
    returned: result.total,
    queryId,
    databaseProvider: null,
    finalDatabaseName: context.database ?? null,
    finalSchemaName: context.schema ?? null,
    finalWarehouseName: context.warehouse ?? null,
    finalRoleName: context.role,
    numberOfBinds: request.binds.length,
    arrayBindSupported: false,
    statementTypeId: result.statementTypeId,
    version: 1,
    sendResultTime: Date.now(),
    queryResultFormat: 'json',
    queryContext: { entries: [] },
    ...(result.chunks.length > 0 && {
      chunkHeaders: {},
      chunks: result.chunks.map((chunk, number) => ({
        url: `${origin}/chunks/${queryId}/${number}?key=${statement.chunkKey}`,
        ...chunk,
      })),
    }),
  };
  return `{"data":${JSON.stringify(data).slice(0, -1)},"rowset":[${head}]},"code":null,"message":null,"success":true}`;
}
