import { randomUUID } from 'node:crypto';
import { Access } from '../catalog/access';
import type { SearchServiceEntry } from '../catalog/catalog-entries';
import { textOf, type Exchange } from '../http/exchange';
import { RestRefusal, type RestReply } from '../http/rest-reply';
import type { Session } from '../sessions/session';
import { rankTexts } from './rank-texts';
import { readFilter } from './search-filter';
import { serviceRows } from './service-rows';

const PATH = /^\/api\/v2\/databases\/([^/]+)\/schemas\/([^/]+)\/cortex-search-services\/([^/]+):query$/;
const KNOWN = new Set(['query', 'columns', 'filter', 'limit']);
const LIMIT = { most: 1_000, byDefault: 10 };

/** Which service a path asks, or undefined where it asks none. */
export function searchedService(path: string): string[] | undefined {
  const names = PATH.exec(path)?.slice(1);
  return names
    ?.map(decoded)
    .map((name) => (/^".*"$/s.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name.toUpperCase()));
}

/** A name that is no valid escape stands for itself: no object is called so. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** POST …/cortex-search-services/{name}:query: rows by the words they share with the query. No meaning is compared. */
export async function answerSearch(names: string[], exchange: Exchange, session: Session): Promise<RestReply> {
  const { body, role, origin } = exchange;
  const access = new Access(session, { ...session.context, role: role ?? session.context.role });
  const service = access.findSearchService(names);
  if (!service) throw new RestRefusal(404, `Cortex search service ${names.join('.')} does not exist or not authorized`);
  const unknown = Object.keys(body).find((field) => !KNOWN.has(field));
  if (unknown !== undefined) throw new RestRefusal(400, `The local warehouse does not know ${unknown} in a search`);
  const query = textOf(body.query)?.trim();
  if (!query) throw new RestRefusal(400, 'query must be a text');
  const columns = columnsOf(body.columns, service);
  const limit = limitOf(body.limit);
  const test = body.filter === undefined ? () => true : readFilter(body.filter, service.attributes);
  const rows = (await serviceRows(service, session, origin)).filter(test);
  const ranked = rankTexts(
    query,
    rows.map((row) => row[service.searched] ?? ''),
  );
  const results = ranked
    .slice(0, limit)
    .map((index) => Object.fromEntries(columns.map((column) => [column, rows[index]?.[column] ?? null])));
  return { body: { request_id: randomUUID(), results } };
}

function columnsOf(given: unknown, { columns, searched, name }: SearchServiceEntry): string[] {
  if (given === undefined) return [searched];
  if (!Array.isArray(given) || given.length === 0) throw new RestRefusal(400, 'columns must be a list of names');
  return given.map((one: unknown) => {
    const text = textOf(one) ?? '';
    const column = columns.find((known) => known === text) ?? columns.find((known) => known === text.toUpperCase());
    if (column === undefined) throw new RestRefusal(400, `${name} has no column ${text}; it has ${columns.join(', ')}`);
    return column;
  });
}

function limitOf(given: unknown): number {
  if (given === undefined) return LIMIT.byDefault;
  const limit = Number(given);
  if (typeof given === 'number' && Number.isInteger(limit) && limit >= 1 && limit <= LIMIT.most) return limit;
  throw new RestRefusal(400, `limit must be a whole number from 1 to ${LIMIT.most}`);
}
