import type { MetadataRows } from '@snowflow/contracts/connections/connections.dto';
import { NO_POLICIES, type TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { TenantPoliciesStore } from '@snowflow/platform/policies/tenant-policies-store';
import { runInScope } from '@snowflow/transport/request-scope';
import { sessionOf, startCatalog, TestCatalog } from './testing/test-catalog';

const named = (...names: string[]): MetadataRows => ({ columns: ['name'], rows: names.map((name) => [name]) });
const OBJECTS: Record<string, MetadataRows> = {
  'SHOW DATABASES': named('DEMO', 'SECRET'),
  'SHOW SCHEMAS': named('OTHER', 'PUBLIC'),
  'SHOW TABLES': named('ORDERS'),
  'SHOW VIEWS': {
    columns: ['name', 'is_secure'],
    rows: [
      ['LOCKED', 'true'],
      ['OPEN', 'false'],
    ],
  },
  DESCRIBE: { columns: ['name', 'type', 'kind'], rows: [['N', 'NUMBER(38,0)', 'COLUMN']] },
};

describe('The catalog, under policies of the tenant', () => {
  let catalog: TestCatalog;
  let session: SessionRecord;
  let explained: string[];
  let roles: Set<string | null>;

  beforeAll(async () => {
    catalog = await startCatalog();
    catalog.connections.answers.metadata = ({ sql, context }) => {
      roles.add(context.role);
      if (sql.startsWith('EXPLAIN')) {
        const content = JSON.stringify({ Operations: [[{ id: 0 }, { id: 1, objects: explained }]] });
        return Promise.resolve({ columns: ['content'], rows: [[content]] });
      }
      const [, rows = named()] = Object.entries(OBJECTS).find(([start]) => sql.startsWith(start)) ?? [];
      return Promise.resolve(rows);
    };
  });
  beforeEach(async () => {
    explained = [];
    roles = new Set();
    session = sessionOf('SYSADMIN');
    await catalog.sessions.save(session, 600);
  });
  afterAll(() => catalog.stop());

  const allow = (policies: Partial<TenantPolicies>) =>
    new TenantPoliciesStore(catalog.redis).save(session.tenantId, { ...NO_POLICIES, version: 1, ...policies });
  const as = <T>(work: () => Promise<T>, runId?: string) => {
    const { id: sessionId, tenantId, userId } = session;
    return runInScope({ context: { correlationId: 'spec', sessionId, tenantId, userId, runId } }, work);
  };
  const shown = (items: { name: string; denied?: { policy: string } }[]) =>
    items.map(({ name, denied }) => [name, denied?.policy]);
  const at = (name: string, schema = 'PUBLIC', database = 'DEMO') => ({ database, schema, name });

  it('shows databases, schemas and sources that are not allowed as denied', async () => {
    await allow({ databases: ['DEMO.PUBLIC'], kinds: ['table', 'view'] });
    expect(shown((await as(() => catalog.client.databases({}))).items)).toEqual([
      ['DEMO', undefined],
      ['SECRET', 'databases'],
    ]);
    expect(shown((await as(() => catalog.client.schemas({ database: 'DEMO' }))).items)).toEqual([
      ['OTHER', 'databases'],
      ['PUBLIC', undefined],
    ]);
    const sources = (query: object) =>
      as(() => catalog.client.sources({ database: 'DEMO', schema: 'PUBLIC', ...query }));
    expect(shown((await sources({})).items)).toEqual([
      ['LOCKED', 'opaque'],
      ['OPEN', undefined],
      ['ORDERS', undefined],
    ]);
    expect(shown((await sources({ search: 'O' })).items)).toEqual([
      ['OPEN', undefined],
      ['ORDERS', undefined],
    ]);
  });

  it('refuses a source, its columns and its rows by the policy that denies it', async () => {
    await allow({ databases: ['DEMO'], kinds: ['view'] });
    await expect(as(() => catalog.client.source(at('ORDERS', 'S', 'SECRET')))).rejects.toMatchObject({
      code: 'POLICY_DENIED',
      message: expect.stringContaining('Databases and schemas') as string,
    });
    const asked = [at('ORDERS'), at('OPEN'), at('LOCKED'), at('ORDERS', 'S', 'SECRET')];
    const { sources } = await as(() => catalog.client.columns({ sources: asked }));
    expect(sources.map((one) => ('by' in one ? one.by?.policy : one.state))).toEqual([
      'found',
      'found',
      'opaque',
      'databases',
    ]);
    await expect(as(() => catalog.client.source(at('ORDERS')))).rejects.toMatchObject({ code: 'POLICY_DENIED' });
    await expect(as(() => catalog.client.preview(at('ORDERS')))).rejects.toMatchObject({ code: 'POLICY_DENIED' });
  });

  it('tells a run what it may read in the context that is pinned to it, although its person has signed out, and nobody else', async () => {
    await allow({ databases: ['DEMO'], kinds: ['view'] });
    const context = { ...session.context, role: 'PINNED' };
    const admit = (source: ReturnType<typeof at>, runId?: string) =>
      as(() => catalog.client.admit({ ...source, context }), runId);
    await expect(admit(at('OPEN'), 'run_1')).resolves.toEqual({ done: true });
    expect([...roles]).toEqual(['PINNED']);
    await catalog.sessions.remove(session.id);
    await expect(admit(at('OPEN'), 'run_1')).resolves.toEqual({ done: true });
    for (const denied of [at('ORDERS'), at('LOCKED'), at('ORDERS', 'S', 'SECRET')]) {
      await expect(admit(denied, 'run_1')).rejects.toMatchObject({ code: 'POLICY_DENIED' });
    }
    await expect(admit(at('OPEN'))).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    expect([...roles]).toEqual(['PINNED']);
  });

  it('looks through a view at what it reads before its rows are seen', async () => {
    await allow({ databases: ['DEMO'] });
    explained = ['DEMO.PUBLIC.ORDERS'];
    await expect(as(() => catalog.client.preview(at('OPEN')))).resolves.toMatchObject({
      handle: expect.any(String) as string,
    });
    explained = ['DEMO.PUBLIC.ORDERS', 'SECRET.S."Salaries"'];
    await expect(as(() => catalog.client.preview(at('OPEN')))).rejects.toMatchObject({
      code: 'POLICY_DENIED',
      message: expect.stringContaining('SECRET.S."Salaries"') as string,
    });
  });
});
