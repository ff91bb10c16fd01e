import type { MetadataRows } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { runInScope } from '@snowflow/transport/request-scope';
import { sessionOf, startCatalog, type TestCatalog } from '../testing/test-catalog';

const source = { database: 'D', schema: 'S', name: `o'x` };
const TAG_COLUMNS = ['TAG_DATABASE', 'TAG_SCHEMA', 'TAG_NAME', 'TAG_VALUE', 'COLUMN_NAME'];

function answer(sql: string): MetadataRows {
  if (sql.startsWith('SHOW TABLES')) return { columns: ['name'], rows: [[source.name]] };
  if (sql.startsWith('SHOW')) return { columns: ['name'], rows: [] };
  if (sql.startsWith('DESCRIBE')) return { columns: ['name', 'type', 'null?'], rows: [['EMAIL', 'VARCHAR', 'Y']] };
  if (sql.includes('LAST_ALTERED')) return { columns: ['LAST_ALTERED'], rows: [['2026-02-03 04:05:06.000 +0000']] };
  if (sql.includes('ALL_COLUMNS')) return { columns: TAG_COLUMNS, rows: [['G', 'T', 'PII', 'yes', 'EMAIL']] };
  if (sql.includes('TAG_REFERENCES')) return { columns: TAG_COLUMNS, rows: [['G', 'T', 'TEAM', 'hr', null]] };
  return {
    columns: ['POLICY_DB', 'POLICY_SCHEMA', 'POLICY_NAME', 'POLICY_KIND', 'REF_COLUMN_NAME'],
    rows: [['G', 'P', 'ROWS', 'ROW_ACCESS_POLICY', null]],
  };
}

describe('Freshness, tags and policies', () => {
  let catalog: TestCatalog;
  let session: SessionRecord;
  let asked: string[];
  let roles: Set<string | null>;
  let refuses: (sql: string) => boolean;

  beforeAll(async () => {
    catalog = await startCatalog();
    catalog.connections.answers.metadata = ({ sql, context }) => {
      roles.add(context.role);
      asked.push(sql);
      if (refuses(sql)) throw new AppError('SQL_FAILED', 'Insufficient privileges', { snowflake: { code: '003001' } });
      return Promise.resolve(answer(sql));
    };
  });
  beforeEach(async () => {
    asked = [];
    roles = new Set();
    refuses = () => false;
    session = sessionOf('SYSADMIN');
    await catalog.sessions.save(session, 600);
  });
  afterAll(() => catalog.stop());

  const as = <T>({ id, tenantId, userId }: SessionRecord, work: () => Promise<T>) =>
    runInScope({ context: { correlationId: 'spec', sessionId: id, tenantId, userId } }, work);
  const detail = () => as(session, () => catalog.client.source(source));

  it('are told of the source and its columns', async () => {
    expect(await detail()).toMatchObject({
      lastAlteredAt: '2026-02-03T04:05:06.000Z',
      tags: [
        { tag: 'G.T.TEAM', value: 'hr', column: null },
        { tag: 'G.T.PII', value: 'yes', column: 'EMAIL' },
      ],
      policies: [{ policy: 'G.P.ROWS', kind: 'ROW_ACCESS_POLICY', column: null }],
    });
    expect(asked).toContain(`SELECT * FROM TABLE("D".INFORMATION_SCHEMA.TAG_REFERENCES('"D"."S"."o''x"', 'TABLE'))`);
  });

  it('are unknown each by itself where the role may not read them, and none is what it is not', async () => {
    refuses = (sql) => sql.includes('TAG_REFERENCES');
    expect(await detail()).toMatchObject({ tags: 'unknown', policies: [{ policy: 'G.P.ROWS' }] });
  });

  it('are unknown without a warehouse, and none is asked for', async () => {
    await catalog.sessions.save({ ...session, context: { ...session.context, warehouse: null } }, 600);
    expect(await detail()).toMatchObject({ lastAlteredAt: null, tags: 'unknown', policies: 'unknown' });
    expect(asked.filter((sql) => sql.startsWith('SELECT'))).toEqual([]);
  });

  it('are not remembered where they decide what may leave', async () => {
    const tags = () => as(session, () => catalog.client.tags({ sources: [source] }));
    await detail();
    asked = [];
    expect((await tags()).sources).toEqual([[expect.anything(), expect.objectContaining({ tag: 'G.T.PII' })]]);
    await tags();
    expect(asked).toHaveLength(4);
    refuses = () => true;
    expect((await tags()).sources).toEqual(['unknown']);
  });

  it('are told to a run in the context that is pinned to it, although its person has signed out', async () => {
    const { id: sessionId, tenantId, userId, context } = session;
    await catalog.sessions.remove(sessionId);
    const tags = (runId?: string) =>
      runInScope({ context: { correlationId: 'spec', sessionId, tenantId, userId, runId } }, () =>
        catalog.client.tags({ sources: [source], context: { ...context, role: 'PINNED' } }),
      );
    expect((await tags('run_1')).sources).toEqual([[expect.anything(), expect.objectContaining({ tag: 'G.T.PII' })]]);
    expect(roles).toEqual(new Set(['PINNED']));
    await expect(tags()).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });
});
