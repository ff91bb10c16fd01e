import fc from 'fast-check';
import { rankTexts } from '../src/search/rank-texts';
import { DriverSession, startTestWarehouse, type TestWarehouse } from './driver-session';

const CREATE = `CREATE OR REPLACE CORTEX SEARCH SERVICE part_search ON p_name ATTRIBUTES p_brand, p_size WAREHOUSE = DEMO_WH
  TARGET_LAG = '1 hour' AS SELECT p_partkey, p_name, p_brand, p_size FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.PART WHERE p_partkey <= 500`;

describe('the local Cortex Search', () => {
  let warehouse: TestWarehouse;
  let session: DriverSession;
  let token: string;

  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(warehouse.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const search = (name: string, body: object, role?: string) =>
    post(`/api/v2/databases/DEMO/schemas/PUBLIC/cortex-search-services/${name}:query`, body, {
      authorization: `Snowflake Token="${token}"`,
      ...(role && { 'x-snowflake-role': role }),
    });
  const titles = async (body: object) => {
    const reply = await search('HELP_SEARCH', { columns: ['TITLE'], ...body });
    return (reply.body.results as { TITLE: string }[]).map(({ TITLE }) => TITLE);
  };

  const signIn = async () => {
    session = await DriverSession.open(warehouse);
    await session.run('USE SCHEMA DEMO.PUBLIC');
    const data = { ACCOUNT_NAME: 'demo', LOGIN_NAME: 'demo', PASSWORD: 'demo' };
    const login = await post('/session/v1/login-request', { data });
    token = (login.body.data as { token: string }).token;
  };

  beforeAll(async () => {
    warehouse = await startTestWarehouse();
    await signIn();
  }, 60_000);
  afterAll(() => warehouse.stop());

  it('finds texts by the words they share with the query, the rarest first, and always the same', async () => {
    const found = await titles({ query: 'a refund for this order' });
    expect(found[0]).toBe('When is my refund paid');
    expect(found).toEqual(await titles({ query: 'a refund for this order' }));
    expect(await titles({ query: 'quantum' })).toEqual([]);
    expect(await titles({ query: 'parcel', limit: 2 })).toHaveLength(2);
  });

  it.each([
    [{ '@eq': { TOPIC: 'returns' } }, ['returns']],
    [{ '@not': { '@eq': { topic: 'returns' } } }, ['shipping']],
    [{ '@or': [{ '@eq': { TOPIC: 'returns' } }, { '@eq': { TOPIC: 'shipping' } }] }, ['returns', 'shipping']],
    [{ '@and': [{ '@eq': { TOPIC: 'returns' } }, { '@eq': { TOPIC: 'shipping' } }] }, []],
  ])('keeps to the filter %j', async (filter, topics) => {
    const { body } = await search('HELP_SEARCH', { query: 'parcel', columns: ['TOPIC'], filter });
    const found = (body.results as { TOPIC: string }[]).map(({ TOPIC }) => TOPIC);
    expect([...new Set(found)].sort()).toEqual(topics);
  });

  it.each([
    [{ query: '' }, /query must be a text/],
    [{ query: 'a', columns: ['NOPE'] }, /has no column NOPE/],
    [{ query: 'a', limit: 0 }, /limit must be/],
    [{ query: 'a', scoring_config: {} }, /does not know scoring_config/],
    [{ query: 'a', filter: { '@near': { TOPIC: 'x' } } }, /@near is not known/],
    [{ query: 'a', filter: { '@eq': { TITLE: 'x' } } }, /TITLE is no attribute/],
  ])('refuses %j by name', async (body, why) => {
    const { status, body: refusal } = await search('HELP_SEARCH', body);
    expect([status, refusal.message]).toEqual([400, expect.stringMatching(why)]);
  });

  it('makes, lists, asks and drops a service over a query, which outlives a restart', async () => {
    await session.run(CREATE);
    await warehouse.restart();
    await signIn();
    const { columns, rows } = await session.run("SHOW CORTEX SEARCH SERVICES LIKE 'part%'");
    const shown = Object.fromEntries(columns.map((name, index) => [name, rows[0]?.[index]]));
    expect(shown).toMatchObject({ name: 'PART_SEARCH', search_column: 'P_NAME', attribute_columns: 'P_BRAND,P_SIZE' });
    const [[word]] = (await session.rows(
      "SELECT SPLIT_PART(p_name, ' ', 1) FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.PART WHERE p_partkey = 7",
    )) as [[string]];
    const { body } = await search('part_search', {
      query: word,
      columns: ['P_NAME', 'P_SIZE'],
      filter: { '@lte': { P_SIZE: 50 } },
    });
    const found = body.results as { P_NAME: string; P_SIZE: string }[];
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ P_NAME }) => P_NAME.includes(word))).toBe(true);
    expect((await search('part_search', { query: word }, 'ANALYST')).status).toBe(200);
    expect((await session.failure(CREATE.replace('OR REPLACE ', ''))).code).toBe('002002');
    await session.run('DROP CORTEX SEARCH SERVICE part_search');
    expect((await search('part_search', { query: word })).status).toBe(404);
  });

  it('refuses what a service cannot be', async () => {
    expect((await session.failure(CREATE.replace('ON p_name', 'ON nope'))).code).toBe('000904');
    expect((await session.failure(CREATE.replace("TARGET_LAG = '1 hour'", "REFRESH_MODE = 'FULL'"))).code).toBe(
      '000002',
    );
    expect((await session.failure('DROP CORTEX SEARCH SERVICE nope')).code).toBe('002003');
  });

  it('ranks only texts that share a word with the query, each once', () => {
    const text = fc.array(fc.constantFrom('red', 'blue', 'lamp', 'chair', 'lamps'), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(text), text, (texts, query) => {
        const ranked = rankTexts(
          query.join(' '),
          texts.map((words) => words.join(' ')),
        );
        expect(new Set(ranked).size).toBe(ranked.length);
        const singular = (words: readonly string[]) => words.map((word) => word.replace(/s$/, ''));
        const sharing = texts.flatMap((words, index) =>
          singular(words).some((word) => singular(query).includes(word)) ? [index] : [],
        );
        expect([...ranked].sort((a, b) => a - b)).toEqual(sharing);
      }),
    );
  });
});
