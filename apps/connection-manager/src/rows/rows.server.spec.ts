import { type IncomingMessage, request } from 'node:http';
import {
  ROWS_HANDLE_HEADER,
  ROWS_HANDLE_PURPOSE,
  ROWS_PATH,
  type RowsHandle,
} from '@snowflow/contracts/rows/rows-handle';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import type { SessionRef } from '../sessions/sealed-session.repository';
import { existing } from '../testing/existing';
import { Replica, sealer } from '../testing/replica';
import { refusal, rowset, type ScriptedWarehouse } from '../testing/scripted-warehouse';
import { StrictSnowflake } from '../testing/strict-snowflake';
import { RowsServer } from './rows.server';

const QUERY_ID = '01b00000-0000-0000-0000-0000000000aa';
const CHUNKS = 200;
const CHUNK_ROWS = 1_000;
const rowtype = [
  { name: 'N', type: 'fixed', precision: 10, scale: 0, nullable: false },
  { name: 'T', type: 'text', length: 2_000, nullable: true },
];

/** 200,000 rows in chunks of 1,000, about 60 MB. */
function serveLargeResult(server: ScriptedWarehouse): void {
  const total = CHUNKS * CHUNK_ROWS;
  const chunks = Array.from({ length: CHUNKS }, (_, at) => ({
    url: `${server.origin}/chunk/${at}`,
    rowCount: CHUNK_ROWS,
  }));
  server.on(`/queries/${QUERY_ID}/result`, () =>
    rowset(rowtype, [], { total, returned: total, chunks, queryId: QUERY_ID }),
  );
  const filler = 'x'.repeat(300);
  chunks.forEach((_, at) =>
    server.on(`/chunk/${at}`, (_request, response) => {
      const rows = Array.from({ length: CHUNK_ROWS }, (__, row) =>
        JSON.stringify([String(at * CHUNK_ROWS + row), filler]),
      );
      response.setHeader('content-type', 'application/octet-stream').end(rows.join(','));
      return undefined;
    }),
  );
}

jest.setTimeout(60_000);

describe('the rows endpoint', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let snowflake: StrictSnowflake;
  let replica: Replica;
  let ref: SessionRef;
  let context: PinnedContext;

  beforeAll(async () => {
    redis = await startRedis();
    snowflake = await StrictSnowflake.start();
    replica = await Replica.start({ redisUrl: redis.url, demoOrigin: snowflake.server.origin });
    ({ ref, context } = await replica.signIn());
    serveLargeResult(snowflake.server);
  });
  afterAll(async () => {
    await replica.stop();
    await snowflake.stop();
    await redis.stop();
  });

  const handle = (more: Partial<RowsHandle> = {}) => {
    const right: RowsHandle = {
      ...ref,
      userId: 'usr_spec',
      context,
      source: { queryId: QUERY_ID },
      format: 'page',
      offset: 0,
      limit: 50,
      expiresAtMs: Date.now() + 60_000,
      ...more,
    };
    return sealer.seal(JSON.stringify(right), ROWS_HANDLE_PURPOSE);
  };
  const url = () => `http://127.0.0.1:${replica.app.get(RowsServer).port}${ROWS_PATH}`;
  const ask = (sealed: string) => fetch(url(), { method: 'POST', headers: { [ROWS_HANDLE_HEADER]: sealed } });

  it('gives a page from the middle, fetching only the chunks it touches', async () => {
    const before = snowflake.server.seen.length;
    const response = await ask(handle({ offset: 41_999, limit: 2 }));
    const page = (await response.json()) as { rows: [number, string][]; rowCount: number; nextCursor: string };
    expect(page.rows.map(([n]) => n)).toEqual([41_999, 42_000]);
    expect(page.rowCount).toBe(200_000);
    expect(Buffer.from(page.nextCursor, 'base64url').toString()).toBe('42001');
    expect(snowflake.server.seen.slice(before).map(({ path }) => path)).toEqual([
      `/queries/${QUERY_ID}/result`,
      '/chunk/41',
      '/chunk/42',
    ]);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('ends the last page without a cursor', async () => {
    const page = (await (await ask(handle({ offset: 199_999, limit: 50 }))).json()) as { rows: []; nextCursor: null };
    expect(page.rows).toHaveLength(1);
    expect(page.nextCursor).toBeNull();
  });

  it('streams 200,000 rows whole', async () => {
    const response = await ask(handle({ format: 'csv' }));
    let lines = 0;
    for await (const piece of existing(response.body)) lines += Buffer.from(piece).toString().split('\r\n').length - 1;
    expect(lines).toBe(200_001);
  }, 60_000);

  /** A reader that has taken the first bytes and nothing since. */
  const startReading = async (sealed: string) => {
    const asked = request(url(), { method: 'POST', headers: { [ROWS_HANDLE_HEADER]: sealed } });
    asked.on('error', () => undefined);
    const response = await new Promise<IncomingMessage>((resolve) => asked.on('response', resolve).end());
    response.on('error', () => undefined);
    await new Promise((resolve) => response.once('readable', resolve));
    return { asked, response };
  };
  /** How much was asked for once nothing more is. */
  const settled = async () => {
    let seen = -1;
    while (seen !== snowflake.server.seen.length) {
      seen = snowflake.server.seen.length;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    return seen;
  };

  it('reads no further ahead than the reader takes, and goes on when it does', async () => {
    const before = snowflake.server.seen.length;
    const { response } = await startReading(handle({ format: 'ndjson' }));
    const ahead = (await settled()) - before;
    expect(ahead).toBeLessThan(CHUNKS / 8);
    let lines = 0;
    for await (const piece of response) lines += String(piece).split('\n').length - 1;
    expect(lines).toBe(200_000);
  }, 30_000);

  it('fetches no more for a reader who leaves', async () => {
    const before = snowflake.server.seen.length;
    const { asked, response } = await startReading(handle({ format: 'csv' }));
    for (let taken = 0; taken < 1_000_000;)
      taken += ((await new Promise(setImmediate), response.read()) as Buffer | null)?.length ?? 0;
    asked.destroy();
    expect((await settled()) - before).toBeLessThan(CHUNKS / 4);
  }, 30_000);

  it('aborts a preview in Snowflake whose reader leaves while it runs', async () => {
    const source = { sql: 'SELECT SLEEP 60000', binds: [], queryTag: '{}' };
    const asked = request(url(), { method: 'POST', headers: { [ROWS_HANDLE_HEADER]: handle({ source }) } });
    asked.on('error', () => undefined).end();
    const running = () => [...snowflake.queries.values()].find(({ sql }) => sql.includes('SLEEP 60000'));
    while (!running()) await new Promise(setImmediate);
    asked.destroy();
    while (running()?.state === 'RUNNING') await new Promise(setImmediate);
    expect(running()?.state).toBe('FAILED_WITH_ERROR');
  });

  it('reads no more than eight results of a session at once, and refuses who waited in vain; a crowd waits for its turns', async () => {
    const readers = await Promise.all(Array.from({ length: 8 }, () => startReading(handle({ format: 'csv' }))));
    const refused = await ask(handle());
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
    const crowd = Array.from({ length: 20 }, () => ask(handle()));
    readers.forEach(({ asked }) => asked.destroy());
    expect((await Promise.all(crowd)).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  }, 30_000);

  it('shows a preview in the pinned context', async () => {
    const source = { sql: 'SELECT 1', binds: [], queryTag: '{"app":"snowflow"}' };
    const response = await ask(handle({ source }));
    expect(await response.json()).toMatchObject({ rows: [[context.role]], rowCount: 1, nextCursor: null });
    const sent = snowflake.server.seenAt('/queries/v1/query-request').at(-1);
    expect(sent?.body.parameters).toMatchObject({ QUERY_TAG: '{"app":"snowflow"}' });
  });

  it.each([
    [
      'a result that Snowflake has no more is 410',
      () => handle({ source: { queryId: 'gone' } }),
      410,
      'RESULT_EXPIRED',
    ],
    ['a handle that is too old is 403', () => handle({ expiresAtMs: 1 }), 403, 'FORBIDDEN'],
    ['a forged handle is 403', () => 'v1.spec.AAAA', 403, 'FORBIDDEN'],
    ['no handle is 403', () => '', 403, 'FORBIDDEN'],
    ['a session that is over is 401', () => handle({ sessionId: 'ses_none' }), 401, 'SNOWFLAKE_SESSION_ENDED'],
    [
      'a preview that is no query is refused',
      () => handle({ source: { sql: 'DELETE FROM T', binds: [], queryTag: '' } }),
      422,
      'SQL_FAILED',
    ],
  ])('%s', async (_, sealed, status, code) => {
    snowflake.server.on('/queries/gone/result', refusal('000709', 'Statement gone not found'));
    const response = await ask(sealed());
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect({ status: response.status, body: await response.json() }).toMatchObject({ status, body: { code, status } });
  });
});
