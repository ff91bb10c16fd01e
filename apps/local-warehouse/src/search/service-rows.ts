import { Access } from '../catalog/access';
import type { SearchServiceEntry } from '../catalog/catalog-entries';
import { RestRefusal } from '../http/rest-reply';
import { parseStatement } from '../parser/statement-parser';
import type { Session } from '../sessions/session';
import { CompileContext } from '../sql/compile-context';
import { QueryCompiler } from '../sql/query-compiler';
import { Statement } from '../statements/statement';
import type { SearchRow } from './search-filter';

/** More rows than this are not searched: each query reads them all. */
const MOST_ROWS = 100_000;

/** The rows of a service's query, with the rights of its owner, each value as text. */
export async function serviceRows(service: SearchServiceEntry, session: Session, origin: string): Promise<SearchRow[]> {
  const { database, schema, owner, source, columns } = service;
  const context = { ...session.context, role: owner, secondaryRoles: 'NONE' as const, database, schema };
  const statement = new Statement(session, {
    sqlText: source,
    origin,
    requestId: '',
    binds: [],
    describeOnly: false,
    queryTag: '',
    timeoutSeconds: 0,
    maxRows: 0,
  });
  const tree = parseStatement(source);
  if (tree.t !== 'query') throw new Error('A search service is kept with a query');
  const compiling = new CompileContext(statement, new Access(session, context));
  const { sql } = new QueryCompiler(compiling).query(tree.query);
  const cells = columns.map((_, index) => `CAST(r.c${index} AS VARCHAR) AS c${index}`).join(', ');
  const names = columns.map((_, index) => `c${index}`).join(', ');
  const rows = await session.account.engine.rows(`SELECT ${cells} FROM (${sql}) r(${names}) LIMIT ${MOST_ROWS + 1}`);
  if (rows.length > MOST_ROWS) {
    throw new RestRefusal(400, `The local warehouse searches at most ${MOST_ROWS} rows; ${service.name} has more`);
  }
  return rows.map((row) =>
    Object.fromEntries(
      columns.map((column, index) => {
        const value = row[`c${index}`];
        return [column, value === null || value === undefined ? null : String(value)];
      }),
    ),
  );
}
