import type { MetadataRows } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SearchReply } from '@snowflow/contracts/catalog/search.dto';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { eventually } from '@snowflow/testing/eventually';
import { runInScope } from '@snowflow/transport/request-scope';
import { sessionOf, startCatalog, TestCatalog } from '../testing/test-catalog';

const nothing: MetadataRows = { columns: ['name'], rows: [] };
const listed = (rows: (string | null)[][]): MetadataRows => ({
  columns: ['name', 'database_name', 'schema_name', 'kind', 'comment'],
  rows,
});

/** An account in which each role sees a table of its own beside one that both see. */
function account(sql: string, role: string): MetadataRows {
  if (sql.startsWith('SHOW DATABASES')) return listed([['SALES', null, null, null, null]]);
  if (sql.startsWith('SHOW SCHEMAS')) return listed([['CORE', 'SALES', null, null, null]]);
  if (!sql.startsWith('SHOW OBJECTS')) return nothing;
  return listed([
    ['CUSTOMER', 'SALES', 'CORE', 'TABLE', null],
    [`CUSTOMER_OF_${role}`, 'SALES', 'CORE', 'VIEW', `canary-${role}`],
  ]);
}

describe('Search as you type', () => {
  let catalog: TestCatalog;
  let session: SessionRecord;
  let asked: string[];
  let answer: (sql: string, role: string) => MetadataRows | Promise<MetadataRows>;

  beforeAll(async () => {
    catalog = await startCatalog();
    catalog.connections.answers.metadata = ({ sql, context }) => {
      asked.push(sql);
      return Promise.resolve(answer(sql, context.role ?? ''));
    };
  });
  beforeEach(async () => {
    [asked, answer] = [[], account];
    session = sessionOf('SYSADMIN');
    await catalog.sessions.save(session, 600);
  });
  afterAll(() => catalog.stop());

  const as = <T>({ id, tenantId, userId }: SessionRecord, work: () => Promise<T>) =>
    runInScope({ context: { correlationId: 'spec', sessionId: id, tenantId, userId } }, work);
  const search = (q: string, who = session, more: object = {}) => as(who, () => catalog.client.search({ q, ...more }));
  const names = ({ items }: SearchReply) => items.map(({ name }) => name);
  /** Searches until all that the role may see has been read. */
  const complete = (q: string, who = session) =>
    eventually(async () => {
      const reply = await search(q, who);
      return reply.complete ? reply : false;
    });

  it('answers at once by what Snowflake finds, saying that there may be more, and reads the rest behind', async () => {
    const first = await search('cust');
    expect(names(first)).toEqual(['CUSTOMER', 'CUSTOMER_OF_SYSADMIN']);
    expect(first).toMatchObject({ complete: false, reading: true, nextCursor: null });
    expect(asked).toContain(`SHOW OBJECTS LIKE '%cust%' IN ACCOUNT LIMIT 500`);
    await complete('cust');
    const before = asked.length;
    const page = await search('c', session, { limit: 1 });
    expect(names(page)).toEqual(['CORE']);
    const next = await search('c', session, { limit: 5, cursor: page.nextCursor });
    expect(names(next)).toEqual(['CUSTOMER', 'CUSTOMER_OF_SYSADMIN']);
    expect(Date.parse(page.asOf)).toBeLessThanOrEqual(Date.now());
    expect(asked).toHaveLength(before);
  });

  it('never shows to one person or role what another may see, and keeps nothing of it in the clear', async () => {
    await complete('cust');
    const changed = { ...session, context: { ...session.context, role: 'ANALYST' } };
    await catalog.sessions.save(changed, 600);
    expect(names(await search('cust'))).toEqual(['CUSTOMER', 'CUSTOMER_OF_ANALYST']);
    expect(names(await complete('cust'))).toEqual(['CUSTOMER', 'CUSTOMER_OF_ANALYST']);
    const colleague = { ...sessionOf('SYSADMIN'), tenantId: session.tenantId };
    await catalog.sessions.save(colleague, 600);
    expect((await search('cust', colleague)).complete).toBe(false);
    const keys = await catalog.redis.keys(`snowflow:catalog-index:${session.tenantId}:*`);
    const kept = await Promise.all(keys.map((key) => catalog.redis.hgetall(key)));
    expect(JSON.stringify(kept)).not.toMatch(/canary|CUSTOMER/);
  });

  it('opens no index that stands under the key of another', async () => {
    await complete('cust');
    const colleague = { ...sessionOf('SYSADMIN'), tenantId: session.tenantId };
    await catalog.sessions.save(colleague, 600);
    const [key = ''] = await catalog.redis.keys(`snowflow:catalog-index:${session.tenantId}:${session.userId}:*`);
    await catalog.redis.copy(key, key.replace(session.userId, colleague.userId));
    answer = () => nothing;
    expect(names(await search('cust', colleague))).toEqual([]);
  });

  it('is one index for all sessions of a person with the same roles, until it is told to forget', async () => {
    await complete('cust');
    const other = { ...sessionOf('SYSADMIN'), tenantId: session.tenantId, userId: session.userId };
    await catalog.sessions.save(other, 600);
    expect((await search('cust', other)).complete).toBe(true);
    answer = (sql, role) =>
      sql.startsWith('SHOW OBJECTS') ? listed([['CUSTOMS', 'SALES', 'CORE', 'TABLE', null]]) : account(sql, role);
    expect(names(await search('cust', other))).toContain('CUSTOMER');
    await as(other, () => catalog.client.refresh({}));
    expect(names(await complete('cust'))).toEqual(['CUSTOMS']);
  });

  it('reads a database of more objects than a SHOW gives by its schemas', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => [
      `T${String(i).padStart(5, '0')}`,
      'SALES',
      'CORE',
      'TABLE',
      null,
    ]);
    answer = (sql, role) => {
      if (!sql.startsWith('SHOW OBJECTS')) return account(sql, role);
      if (sql.includes('LIKE')) return nothing;
      return listed(sql.includes(`FROM 'T09999'`) ? [['Z_LAST', 'SALES', 'CORE', 'TABLE', null]] : many);
    };
    expect(names(await complete('z_last'))).toEqual(['Z_LAST']);
    expect((await search('t0999')).counts).toEqual([{ kind: 'table', count: 10 }]);
  });

  it('says that it does not know all where a listing was refused', async () => {
    answer = (sql, role) => {
      if (sql.startsWith('SHOW STAGES')) throw new AppError('SQL_FAILED', 'Not in this account', {});
      return account(sql, role);
    };
    await search('cust');
    await eventually(async () => (await catalog.redis.keys(`snowflow:catalog-index:${session.tenantId}:*`)).length > 0);
    expect(await search('core')).toMatchObject({
      complete: false,
      reading: false,
      items: [{ kind: 'schema', name: 'CORE' }],
    });
  });
});
