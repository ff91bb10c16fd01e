import type { Session } from '../sessions/session';
import { checkParameter } from '../sessions/session-parameters';
import { runStatement } from '../statements/run-statement';
import { Statement, type Bind, type StatementRequest } from '../statements/statement';
import { recordOf, textOf, type Exchange } from './exchange';
import { finished, inProgress } from './replies';

/** How long a request is held before the driver is told to come back. */
const holdMs = 45_000;

/** POST /queries/v1/query-request */
export async function submitQuery(exchange: Exchange, session: Session): Promise<string> {
  const statement = new Statement(session, readRequest(exchange, session));
  session.account.statements.add(statement);
  const running = runStatement(statement);
  if (exchange.body.asyncExec === true) return inProgress(statement, '333334');
  await endsWithin(running, holdMs);
  return statement.status === 'RUNNING' ? inProgress(statement, '333333') : finished(statement, exchange.origin);
}

/** Waits for a statement, but not longer than a request may be held. */
export async function endsWithin(running: Promise<void>, limitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([running, new Promise((resolve) => (timer = setTimeout(resolve, limitMs)))]);
  clearTimeout(timer);
}

function readRequest({ body, url, origin }: Exchange, session: Session): StatementRequest {
  const given = new Map<string, string | number | boolean>();
  for (const [name, value] of Object.entries(recordOf(body.parameters))) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      given.set(name.toUpperCase(), checkParameter(name.toUpperCase(), value));
    }
  }
  const parameter = (name: string) => given.get(name) ?? session.parameters.get(name);
  return {
    sqlText: textOf(body.sqlText) ?? '',
    origin,
    requestId: url.searchParams.get('requestId') ?? '',
    binds: readBinds(body.bindings),
    describeOnly: body.describeOnly === true,
    queryTag: String(parameter('QUERY_TAG')),
    timeoutSeconds: Number(parameter('STATEMENT_TIMEOUT_IN_SECONDS')),
    maxRows: Number(parameter('ROWS_PER_RESULTSET')),
  };
}

function readBinds(bindings: unknown): Bind[] {
  return Object.entries(recordOf(bindings))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, bind]) => {
      const { type, value } = recordOf(bind);
      return { type: textOf(type) ?? 'TEXT', value: readValue(value) };
    });
}

function readValue(value: unknown): Bind['value'] {
  if (Array.isArray(value)) return value.map((item: unknown) => (item === null ? null : String(item)));
  return value === null || value === undefined ? null : String(value);
}
