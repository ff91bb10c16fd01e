import type { SearchReply } from '@snowflow/contracts/catalog/search.dto';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient } from './support/api-client';

const OBJECTS = 20_000;

describe('A large catalog', () => {
  let stack: Stack;
  let demo: ApiClient;
  let analyst: ApiClient;

  beforeAll(async () => {
    stack = await startStack({
      env: { WAREHOUSE_MADE_UP_TABLES: String(OBJECTS), THROTTLE_REQUESTS_PER_MINUTE: '100000' },
    });
    demo = new ApiClient(stack.gatewayUrl);
    await demo.connect('demo');
    analyst = new ApiClient(stack.gatewayUrl);
    await analyst.connect('analyst');
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

  const search = async (api: ApiClient, query: string) => {
    const { status, body } = await api.call<SearchReply>('GET', `/catalog/search?${query}`);
    expect(status).toBe(200);
    return body;
  };
  const read = (api: ApiClient) =>
    eventually(async () => ((await search(api, 'q=_estate_')).complete ? true : false), 60_000, 200);
  /** Every object of a database, as searches page through them. */
  const everything = async (api: ApiClient, database: string) => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const more: string = cursor ? `&cursor=${cursor}` : '';
      const page = await search(api, `q=_&kinds=table,view&database=${database}&limit=200${more}`);
      seen.push(...page.items.map(({ schema, name }) => `${schema}.${name}`));
      cursor = page.nextCursor;
    }
    return seen;
  };
  const ownNumber = (path: string) => Number(path.slice(-6));

  it('shows two roles exactly their own, each once', async () => {
    await Promise.all([read(demo), read(analyst)]);
    const [all, some] = await Promise.all([demo, analyst].map((api) => everything(api, 'SALES_ESTATE_011')));
    expect(new Set(all).size).toBe(1_000);
    expect(all).toHaveLength(1_000);
    expect(some).toEqual(all?.filter((path) => ownNumber(path) % 2 === 0));
    const total = async (api: ApiClient) =>
      (await search(api, 'q=_0&kinds=table&limit=1')).counts
        .filter(({ kind }) => kind === 'table' || kind === 'view')
        .reduce((sum, { count }) => sum + count, 0);
    expect([await total(demo), await total(analyst)]).toEqual([OBJECTS, OBJECTS / 2]);
  }, 120_000);

  it('shows a person who takes another role that role’s own, and the first again on the way back', async () => {
    const hidden = 'q=sales_estate_011.&kinds=table&limit=200';
    const before = await search(demo, hidden);
    const take = (role: string) => demo.call('POST', '/auth/context', { body: { role } });
    expect((await take('ANALYST')).status).toBe(200);
    await read(demo);
    const names = ({ items }: SearchReply) => items.map(({ name }) => name);
    expect(names(await search(demo, hidden)).every((name) => ownNumber(name) % 2 === 0)).toBe(true);
    expect((await take('SYSADMIN')).status).toBe(200);
    expect(names(await search(demo, hidden))).toEqual(names(before));
  }, 120_000);

  it('says since when it knows what it shows, and reads it anew when it is told to', async () => {
    const found = async () => (await search(analyst, 'q=nation&kinds=schema,database')).asOf;
    const before = await found();
    expect(await found()).toBe(before);
    expect((await analyst.call('POST', '/catalog/refresh')).status).toBe(204);
    await read(analyst);
    expect(Date.parse(await found())).toBeGreaterThan(Date.parse(before));
  }, 120_000);
});
