import type { MetadataRows } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { ROWS_HANDLE_PURPOSE, RowsHandle } from '@snowflow/contracts/rows/rows-handle';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { runInScope } from '@snowflow/transport/request-scope';
import { sessionOf, startCatalog, TestCatalog } from './testing/test-catalog';

const CREATED = '2026-01-02 03:04:05.000 -0800';
const none: MetadataRows = { columns: ['name'], rows: [] };

/** A schema with these names, as SHOW TABLES answers it: with LIKE's letters ignored, LIMIT and FROM honoured. */
function tables(names: string[]) {
  return (sql: string): MetadataRows => {
    const limit = Number(/LIMIT (\d+)/.exec(sql)?.[1] ?? names.length);
    const after = /FROM '([^']*)'$/.exec(sql)?.[1];
    const listed = [...names].sort().filter((name) => after === undefined || name > after);
    return {
      columns: [
        'created_on',
        'name',
        'database_name',
        'schema_name',
        'kind',
        'comment',
        'rows',
        'bytes',
        'owner',
        'is_dynamic',
      ],
      rows: listed
        .slice(0, limit)
        .map((name) => [
          CREATED,
          name,
          'D',
          'S',
          'TABLE',
          'canary-comment',
          '15000',
          '1024',
          'SYSADMIN',
          name.startsWith('DYN') ? 'Y' : 'N',
        ]),
    };
  };
}

describe('The catalog', () => {
  let catalog: TestCatalog;
  let session: SessionRecord;
  let asked: string[];
  let answer: (sql: string) => MetadataRows;

  beforeAll(async () => {
    catalog = await startCatalog();
    catalog.connections.answers.metadata = ({ sql, context }) => {
      asked.push(`${context.role ?? ''}: ${sql}`);
      return Promise.resolve(answer(sql));
    };
  });
  beforeEach(async () => {
    asked = [];
    session = sessionOf('SYSADMIN');
    await catalog.sessions.save(session, 600);
  });
  afterAll(() => catalog.stop());

  const as = <T>({ id, tenantId, userId }: SessionRecord, work: () => Promise<T>) =>
    runInScope({ context: { correlationId: 'spec', sessionId: id, tenantId, userId } }, work);
  const sources = (query: object = {}) =>
    as(session, () => catalog.client.sources({ database: 'D', schema: 'S', ...query }));

  it('lists databases in the order of their names, a page at a time', async () => {
    answer = () => ({
      columns: ['created_on', 'name', 'owner', 'comment'],
      rows: ['b', 'C', 'A'].map((name) => [CREATED, name, '', 'about']),
    });
    const first = await as(session, () => catalog.client.databases({ limit: 2 }));
    expect(first.items).toEqual([
      { name: 'A', owner: null, comment: 'about', createdAt: '2026-01-02T11:04:05.000Z' },
      { name: 'C', owner: null, comment: 'about', createdAt: '2026-01-02T11:04:05.000Z' },
    ]);
    const second = await as(session, () => catalog.client.databases({ limit: 2, cursor: first.nextCursor ?? '' }));
    expect([second.items.map(({ name }) => name), second.nextCursor]).toEqual([['b'], null]);
    const odd = as(session, () => catalog.client.databases({ cursor: 'made-up' }));
    await expect(odd).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('merges tables and views by name, and pages through all of them once', async () => {
    const names = Array.from({ length: 130 }, (_, i) => `T${String(i).padStart(3, '0')}`);
    answer = (sql) =>
      sql.startsWith('SHOW TABLES')
        ? tables(names)(sql)
        : sql.startsWith('SHOW VIEWS')
          ? tables(['T005V', 'T100V'])(sql)
          : none;
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await sources({ limit: 20, ...(cursor ? { cursor } : {}) });
      expect(page.items.length).toBeLessThanOrEqual(20);
      seen.push(...page.items.map(({ name, kind }) => `${name} ${kind}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([...names.map((name) => `${name} table`), 'T005V view', 'T100V view'].sort());
  });

  it('gives one kind alone, reading on past rows of another', async () => {
    answer = tables([...Array.from({ length: 150 }, (_, i) => `DYN${String(i).padStart(3, '0')}`), 'Z1', 'Z2']);
    const page = await sources({ kind: 'table', limit: 5 });
    expect(page.items.map(({ name, kind }) => [name, kind])).toEqual([
      ['Z1', 'table'],
      ['Z2', 'table'],
    ]);
    expect(asked.every((sql) => sql.includes('SHOW TABLES'))).toBe(true);
  });

  it('says what is known of a table, and of access only what is certain', async () => {
    answer = (sql) => (sql.startsWith('SHOW TABLES') ? tables(['ORDERS'])(sql) : none);
    expect((await sources()).items[0]).toEqual({
      database: 'D',
      schema: 'S',
      name: 'ORDERS',
      kind: 'table',
      rowCount: 15000,
      bytes: 1024,
      owner: 'SYSADMIN',
      comment: 'canary-comment',
      createdAt: '2026-01-02T11:04:05.000Z',
      secure: false,
      access: { select: true },
    });
    await catalog.sessions.save({ ...session, context: { ...session.context, role: 'ANALYST' } }, 600);
    expect((await sources()).items[0]?.access).toEqual({ select: 'unknown' });
  });

  it('quotes hostile names and escapes what is searched', async () => {
    answer = () => none;
    const hostile = `a"; drop table x; --`;
    await as(session, () =>
      catalog.client.sources({ database: hostile, schema: `s'`, kind: 'table', search: `50%_\\'x` }),
    );
    expect(asked).toEqual([
      `SYSADMIN: SHOW TABLES LIKE '%50\\\\%\\\\_\\\\\\\\''x%' IN SCHEMA "a""; drop table x; --"."s'" LIMIT 101`,
    ]);
    const impossible = as(session, () => catalog.client.schemas({ database: 'a\0b' }));
    await expect(impossible).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND' });
  });

  it('finds a text wherever it stands in a name, taking an underscore for one', async () => {
    answer = tables(['MY_TABLE', 'MYXTABLE', 'OTHER_MY_T']);
    const page = await sources({ kind: 'table', search: 'my_t' });
    expect(page.items.map(({ name }) => name)).toEqual(['MY_TABLE', 'OTHER_MY_T']);
  });

  it('answers 404 for a schema that is not there, whatever Snowflake calls it', async () => {
    answer = () => {
      throw new AppError('SQL_FAILED', 'Object does not exist', { snowflake: { code: '002043', sqlState: '02000' } });
    };
    await expect(sources()).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND' });
  });

  it('describes a source with its columns and keys', async () => {
    answer = (sql) => {
      if (sql.startsWith('SHOW TABLES')) return tables(['orders', 'ORDERS'])(sql);
      if (sql.startsWith('SHOW IMPORTED KEYS')) return { columns: ['fk_column_name'], rows: [['O_CUSTKEY']] };
      if (sql.startsWith('SHOW')) return none;
      if (sql.startsWith('SELECT')) throw new AppError('SQL_FAILED', 'Insufficient privileges');
      return {
        columns: ['name', 'type', 'kind', 'null?', 'primary key', 'unique key', 'comment', 'policy name'],
        rows: [
          ['O_ORDERKEY', 'NUMBER(38,0)', 'COLUMN', 'N', 'Y', 'N', null, null],
          ['O_CUSTKEY', 'NUMBER(38,0)', 'COLUMN', 'Y', 'N', 'N', null, null],
          ['O_COMMENT', 'VARCHAR(79)', 'COLUMN', 'Y', 'N', 'N', 'free text', 'D.S.MASK'],
        ],
      };
    };
    const detail = await as(session, () => catalog.client.source({ database: 'D', schema: 'S', name: 'orders' }));
    expect(detail).toMatchObject({ name: 'orders', kind: 'table', tags: 'unknown', lastAlteredAt: null });
    expect(detail.policies).toEqual([{ policy: 'D.S.MASK', kind: 'MASKING_POLICY', column: 'O_COMMENT' }]);
    expect(detail.columns).toEqual([
      { name: 'O_ORDERKEY', type: 'NUMBER(38,0)', nullable: false, comment: null, key: 'primary' },
      { name: 'O_CUSTKEY', type: 'NUMBER(38,0)', nullable: true, comment: null, key: 'foreign' },
      { name: 'O_COMMENT', type: 'VARCHAR(79)', nullable: true, comment: 'free text' },
    ]);
    expect(asked).toContain('SYSADMIN: DESCRIBE TABLE "D"."S"."orders"');
  });

  it('tells found, missing and denied sources apart, in the order asked', async () => {
    answer = (sql) => {
      if (sql.includes('SECRET') && sql.startsWith('DESCRIBE')) {
        throw new AppError('SQL_FAILED', 'Insufficient privileges', { snowflake: { code: '003001' } });
      }
      if (sql.startsWith('SHOW TABLES')) return tables(['OPEN', 'SECRET'])(sql);
      return sql.startsWith('SHOW') ? none : { columns: ['name', 'type', 'null?'], rows: [['A', 'DATE', 'Y']] };
    };
    const names = ['SECRET', 'GONE', 'OPEN'].map((name) => ({ database: 'D', schema: 'S', name }));
    const { sources: found } = await as(session, () => catalog.client.columns({ sources: names }));
    expect(found).toEqual([
      { state: 'denied' },
      { state: 'missing' },
      { state: 'found', kind: 'table', columns: [{ name: 'A', type: 'DATE', nullable: true }] },
    ]);
  });

  it('remembers for the session and role, sealed, until it is told to forget', async () => {
    answer = tables(['ORDERS']);
    await sources({ kind: 'table' });
    await sources({ kind: 'table' });
    expect(asked).toHaveLength(1);
    await catalog.sessions.save({ ...session, context: { ...session.context, role: 'ANALYST' } }, 600);
    await sources({ kind: 'table' });
    expect(asked).toHaveLength(2);
    const kept = JSON.stringify(await catalog.redis.hgetall(`snowflow:catalog:${session.tenantId}:${session.id}`));
    expect(kept).not.toMatch(/canary-comment|ORDERS/);
    await as(session, () => catalog.client.refresh({}));
    await sources({ kind: 'table' });
    expect(asked).toHaveLength(3);
  });

  it('gives the right to a preview sealed, in the context the session has, and asks nothing for it', async () => {
    const { handle } = await as(session, () =>
      catalog.client.preview({ database: 'D', schema: 'S', name: 'o"x', limit: 7 }),
    );
    const opened = JSON.parse(catalog.sealer.open(handle, ROWS_HANDLE_PURPOSE)) as RowsHandle;
    expect(opened).toMatchObject({
      tenantId: session.tenantId,
      sessionId: session.id,
      userId: session.userId,
      context: session.context,
      source: { sql: 'SELECT * FROM "D"."S"."o""x" LIMIT 7', binds: [] },
      format: 'page',
      limit: 7,
    });
    expect(opened.expiresAtMs).toBeGreaterThan(Date.now());
    expect(asked).toEqual([]);
  });

  it('gives the right to a few distinct values of a column in the same way, and keeps none of them', async () => {
    const { handle } = await as(session, () =>
      catalog.client.samples({ database: 'D', schema: 'S', name: 'T', column: 'a"b' }),
    );
    const { source, limit } = JSON.parse(catalog.sealer.open(handle, ROWS_HANDLE_PURPOSE)) as RowsHandle;
    const sql = `SELECT DISTINCT "a""b" FROM (SELECT "a""b" FROM "D"."S"."T" LIMIT 10000) WHERE "a""b" IS NOT NULL LIMIT 10`;
    expect([source, limit]).toEqual([expect.objectContaining({ sql, binds: [] }), 10]);
    expect(asked).toEqual([]);
  });

  it('answers nobody whose session has ended', async () => {
    await catalog.sessions.remove(session.id);
    await expect(sources()).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });
});
