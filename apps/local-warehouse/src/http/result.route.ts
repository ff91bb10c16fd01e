import { warehouseSize } from '../accounts/people';
import type { Session } from '../sessions/session';
import type { Statement } from '../statements/statement';
import { WarehouseError } from '../statements/warehouse-error';
import { textOf, type Exchange } from './exchange';
import { endsWithin } from './query.route';
import { statisticsOf } from '../statements/statement-statistics';
import { finished, inProgress, success } from './replies';

const pollMs = 20_000;

/** A statement of the session's own person; another's does not exist for them, whatever their role. */
function ownStatement(session: Session, queryId: string): Statement | undefined {
  const statement = session.account.statements.find(queryId);
  return statement?.session.person === session.person ? statement : undefined;
}

/** GET /queries/:id/result */
export async function readResult(exchange: Exchange, session: Session, queryId: string): Promise<string> {
  const statement = ownStatement(session, queryId);
  if (!statement) throw new WarehouseError('000709', '02000', `Statement ${queryId} not found`);
  await endsWithin(statement.done, pollMs);
  return statement.status === 'RUNNING' ? inProgress(statement, '333333') : finished(statement, exchange.origin);
}

/** GET /monitoring/queries/:id */
export async function monitorQuery(session: Session, queryId: string): Promise<string> {
  const statement = ownStatement(session, queryId);
  if (!statement) return success({ queries: [] });
  const { status, error, request, context, submittedAt, endedAt } = statement;
  return success({
    queries: [
      {
        id: queryId,
        status,
        state: status,
        errorCode: error?.code ?? null,
        errorMessage: error?.message ?? null,
        sqlText: request.sqlText,
        queryTag: request.queryTag,
        warehouseName: context.warehouse ?? null,
        startTime: submittedAt,
        endTime: endedAt ?? 0,
        totalDuration: (endedAt ?? Date.now()) - submittedAt,
        warehouseExternalSize: statement.compiled?.reads ? warehouseSize : null,
        stats: await statisticsOf(statement),
      },
    ],
  });
}

const notExecuting = () =>
  new WarehouseError('000605', '02000', 'Identified SQL statement is not currently executing.');

/** POST /queries/:id/abort-request */
export function abortQuery(session: Session, queryId: string): string {
  if (!ownStatement(session, queryId)?.interrupt()) throw notExecuting();
  return success(null);
}

/** POST /queries/v1/abort-request */
export function abortRequest(exchange: Exchange, session: Session): string {
  const statement = session.account.statements.findByRequest(textOf(exchange.body.requestId) ?? '');
  if (statement?.session.person !== session.person || !statement.interrupt()) throw notExecuting();
  return success(null);
}
