import { answer, client } from './client';

const PAGE = 200;
/** Where a list goes on; null stands for its beginning. */
const from = (cursor: string | null) => ({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });

export const fetchDatabases = (cursor: string | null, signal: AbortSignal) =>
  answer(client.GET('/api/v1/catalog/databases', { params: { query: from(cursor) }, signal }));

export const fetchSchemas = (database: string, cursor: string | null, signal: AbortSignal) =>
  answer(client.GET('/api/v1/catalog/schemas', { params: { query: { database, ...from(cursor) } }, signal }));

export const fetchSources = (database: string, schema: string, cursor: string | null, signal: AbortSignal) =>
  answer(client.GET('/api/v1/catalog/sources', { params: { query: { database, schema, ...from(cursor) } }, signal }));

export const fetchSource = (database: string, schema: string, name: string, signal: AbortSignal) =>
  answer(
    client.GET('/api/v1/catalog/sources/{database}/{schema}/{name}', {
      params: { path: { database, schema, name } },
      signal,
    }),
  );
