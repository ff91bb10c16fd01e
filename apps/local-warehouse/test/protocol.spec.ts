import { createHash } from 'node:crypto';
import { DriverSession, startTestWarehouse, type TestWarehouse } from './driver-session';

/** Billions of comparisons: it ends only when it is stopped. */
const slow =
  "SELECT COUNT(*) FROM snowflake_sample_data.tpch_sf1.lineitem a, snowflake_sample_data.tpch_sf1.lineitem b WHERE a.l_comment || b.l_comment = 'x'";

interface Reply {
  success: boolean;
  code: string | null;
  data: {
    queryId: string;
    token: string;
    masterToken: string;
    sessionToken: string;
    rowset: unknown[][];
    chunks: { url: string }[];
    queries: Record<string, unknown>[];
  };
}

describe('the protocol', () => {
  let warehouse: TestWarehouse;
  let session: DriverSession;
  let requests = 0;

  const post = async (path: string, body: object, token?: string, method = 'POST'): Promise<Reply> => {
    const response = await fetch(warehouse.origin + path, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Snowflake Token="${token}"` }) },
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Reply;
  };
  const login = (data: object) => post('/session/v1/login-request', { data: { ACCOUNT_NAME: 'demo', ...data } });
  const demo = { LOGIN_NAME: 'demo', PASSWORD: 'demo' };
  const query = (token: string, sqlText: string, more: object = {}) =>
    post(`/queries/v1/query-request?requestId=request-${++requests}`, { sqlText, ...more }, token);
  const monitoring = async (queryId: string, token: string) =>
    (await post(`/monitoring/queries/${queryId}`, {}, token, 'GET')).data.queries[0];

  beforeAll(async () => {
    warehouse = await startTestWarehouse();
    session = await DriverSession.open(warehouse, { database: 'DEMO', schema: 'PUBLIC' });
  });

  afterAll(async () => {
    await session.close();
    await warehouse.stop();
  });

  it('refuses a wrong password, an unknown person and an unknown account alike', async () => {
    expect((await login({ LOGIN_NAME: 'demo', PASSWORD: 'wrong' })).code).toBe('390100');
    expect((await login({ LOGIN_NAME: 'nobody', PASSWORD: 'demo' })).code).toBe('390100');
    expect((await login({ ...demo, ACCOUNT_NAME: 'elsewhere' })).code).toBe('390100');
  });

  it('refuses other authenticators by name', async () => {
    const reply = await login({ LOGIN_NAME: 'demo', TOKEN: 'x', AUTHENTICATOR: 'ID_TOKEN' });
    expect(reply).toMatchObject({ success: false, code: '390197', message: expect.stringContaining('ID_TOKEN') });
  });

  it('refuses a role that was not granted', async () => {
    const reply = await post('/session/v1/login-request?roleName=SYSADMIN', {
      data: { ACCOUNT_NAME: 'demo', LOGIN_NAME: 'analyst', PASSWORD: 'analyst' },
    });
    expect(reply.code).toBe('390189');
  });

  it('answers nothing without a token', async () => {
    expect((await query('forged', 'SELECT 1')).code).toBe('390104');
  });

  it('describes a statement without running it', async () => {
    const { data } = await login(demo);
    const reply = await query(data.token, "SELECT 1 AS a, 'x' AS b", { describeOnly: true });
    expect(reply.data).toMatchObject({
      rowset: [],
      returned: 0,
      rowtype: [{ name: 'A', type: 'fixed' }, { name: 'B' }],
    });
  });

  it('ends a session for all its tokens', async () => {
    const { data } = await login(demo);
    await post('/session?delete=true', {}, data.token);
    expect((await query(data.token, 'SELECT 1')).code).toBe('390104');
  });

  it('sends a large result in chunks that come back whole and in order', async () => {
    const { rows } = await session.run(
      'SELECT l_orderkey, l_linenumber, l_comment FROM snowflake_sample_data.tpch_sf1.lineitem ORDER BY 1, 2',
    );
    expect(rows).toHaveLength(60_285);
    const keys = rows.map(([order, line]) => Number(order) * 10 + Number(line));
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
  });

  it('serves a chunk only to who holds its key', async () => {
    const { data } = await login(demo);
    const reply = await query(data.token, 'SELECT SEQ4() FROM TABLE(GENERATOR(ROWCOUNT => 30000))');
    const [chunk] = reply.data.chunks;
    expect(chunk?.url.startsWith(`${warehouse.origin}/chunks/`)).toBe(true);
    expect((await fetch(chunk?.url ?? '')).status).toBe(200);
    expect((await fetch((chunk?.url ?? '').replace(/key=.*/, 'key=guess'))).status).toBe(403);
  });

  it('gives chunks addresses by the name it was reached by, as in a network of containers', async () => {
    const { data } = await login(demo);
    const named = warehouse.origin.replace('127.0.0.1', 'localhost');
    const response = await fetch(`${named}/queries/v1/query-request?requestId=request-named`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Snowflake Token="${data.token}"` },
      body: JSON.stringify({ sqlText: 'SELECT SEQ4() FROM TABLE(GENERATOR(ROWCOUNT => 30000))' }),
    });
    expect(await response.text()).toContain(`"url":"${named}/chunks/`);
  });

  it('runs a statement in the background and hands its result out later', async () => {
    const queryId = await session.submit("SELECT SYSTEM$WAIT(150, 'MILLISECONDS') AS waited, 42 AS answer");
    const result = await new Promise<unknown[]>((resolve, reject) => {
      void session.connection.getResultsFromQueryId({
        queryId,
        sqlText: '',
        complete: (error, _, rows) => (error ? reject(error) : resolve(rows ?? [])),
      });
    });
    expect(result).toEqual([{ WAITED: 'waited 150 milliseconds', ANSWER: '42' }]);
  });

  it('cancels a running statement by its request', async () => {
    const outcome = new Promise<{ code?: unknown }>((resolve) => {
      const statement = session.connection.execute({ sqlText: slow, complete: (error) => resolve(error ?? {}) });
      setTimeout(() => statement.cancel(() => undefined), 100);
    });
    expect(await outcome).toMatchObject({ code: '000604', sqlState: '57014' });
  });

  it('cancels a running statement by its query id, and monitors it', async () => {
    const { data } = await login(demo);
    const { queryId } = (await query(data.token, slow, { asyncExec: true })).data;
    const state = async () => {
      return (await monitoring(queryId, data.token))?.['status'];
    };
    expect(await state()).toBe('RUNNING');
    expect((await post(`/queries/${queryId}/abort-request`, {}, data.token)).success).toBe(true);
    expect((await post(`/queries/${queryId}/result`, {}, data.token, 'GET')).code).toBe('000604');
    expect(await state()).toBe('FAILED_WITH_ERROR');
    expect((await post(`/queries/${queryId}/abort-request`, {}, data.token)).code).toBe('000605');
  });

  it('says of a statement that has ended what it knows, and nothing else', async () => {
    const { data } = await login(demo);
    const monitored = async (sql: string) => {
      const { queryId } = (await query(data.token, sql)).data;
      return monitoring(queryId, data.token);
    };
    const table = 'snowflake_sample_data.tpch_sf1.region';
    expect(await monitored(`SELECT r_regionkey FROM ${table}`)).toMatchObject({
      status: 'SUCCESS',
      warehouseExternalSize: 'X-Small',
      stats: {
        compilationTime: expect.any(Number),
        xpExecTime: expect.any(Number),
        producedRows: 5,
        scanBytes: expect.any(Number),
        scanFiles: 1,
        scanOriginalFiles: 1,
      },
    });
    const shown = await monitored('SHOW WAREHOUSES');
    expect(shown).toMatchObject({ warehouseExternalSize: null, stats: { producedRows: 2 } });
    expect(shown?.stats).not.toHaveProperty('scanBytes');
    expect((await monitored(`SELECT 1 / 0 FROM ${table}`))?.stats).not.toHaveProperty('producedRows');
  });

  it('stops a statement at its own timeout', async () => {
    const { data } = await login(demo);
    const reply = await query(data.token, slow, { parameters: { STATEMENT_TIMEOUT_IN_SECONDS: 1 } });
    expect(reply).toMatchObject({ code: '000630', data: { sqlState: '57014' } });
  });

  it('stops a waiting statement at the session’s timeout', async () => {
    const { data } = await login(demo);
    await query(data.token, 'ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 1');
    expect((await query(data.token, 'SELECT SYSTEM$WAIT(30)')).code).toBe('000630');
  });

  it('runs statements of one session side by side', async () => {
    const started = Date.now();
    await Promise.all(Array.from({ length: 12 }, () => session.rows("SELECT SYSTEM$WAIT(600, 'MILLISECONDS')")));
    expect(Date.now() - started).toBeLessThan(12 * 600);
  });

  it('lets a background statement keep the role it was submitted with', async () => {
    const { data } = await login(demo);
    const submitted = await query(data.token, "SELECT SYSTEM$WAIT(200, 'MILLISECONDS'), CURRENT_ROLE()", {
      asyncExec: true,
    });
    await query(data.token, 'USE ROLE ANALYST');
    const result = await post(`/queries/${submitted.data.queryId}/result`, {}, data.token, 'GET');
    expect(result.data).toMatchObject({ rowset: [['waited 200 milliseconds', 'SYSADMIN']], finalRoleName: 'SYSADMIN' });
  });

  it('takes one statement in a request', async () => {
    const { data } = await login(demo);
    expect((await query(data.token, 'SELECT 1; SELECT 2')).code).toBe('000002');
    expect((await query(data.token, 'SELECT 1', { parameters: { MULTI_STATEMENT_COUNT: 2 } })).code).toBe('000002');
  });

  it('tells a person’s own statements by tag, to that person only', async () => {
    const { data } = await login(demo);
    const tag = createHash('md5').update(String(Date.now())).digest('hex');
    const tagged = await query(data.token, 'SELECT 7 AS seven', { parameters: { QUERY_TAG: tag } });
    const history = `SELECT query_id, execution_status, rows_produced FROM TABLE(DEMO.INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER(RESULT_LIMIT => 50)) WHERE query_tag = '${tag}'`;
    expect((await query(data.token, history)).data.rowset).toEqual([[tagged.data.queryId, 'SUCCESS', '1']]);
    const other = (await login({ LOGIN_NAME: 'analyst', PASSWORD: 'analyst' })).data;
    expect((await query(other.token, history)).data.rowset).toEqual([]);
  });

  it('keeps a result for the person who made it, and for nobody else', async () => {
    const { data } = await login(demo);
    const made = await query(
      data.token,
      "SELECT 1 AS id, 'x' AS name, 1.50 AS amount, '2024-02-29'::DATE AS day, NULL AS nothing",
    );
    const scan = `SELECT id, name, amount, day, nothing FROM TABLE(RESULT_SCAN('${made.data.queryId}'))`;
    expect((await query(data.token, scan)).data.rowset).toEqual(made.data.rowset);
    const bound = scan.replace(`'${made.data.queryId}'`, '?');
    const bindings = { '1': { type: 'TEXT', value: made.data.queryId } };
    expect((await query(data.token, bound, { bindings })).data.rowset).toEqual(made.data.rowset);
    const other = (await login({ LOGIN_NAME: 'analyst', PASSWORD: 'analyst' })).data;
    expect((await query(other.token, scan)).code).toBe('000709');
    expect((await post(`/queries/${made.data.queryId}/result`, {}, other.token, 'GET')).code).toBe('000709');
  });

  it('takes arrays of binds as many rows', async () => {
    await session.run('CREATE OR REPLACE TABLE bulk (id INT, name VARCHAR)');
    await session.run('INSERT INTO bulk VALUES (?, ?)', {
      binds: [
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ],
    });
    expect(await session.rows('SELECT * FROM bulk ORDER BY id')).toEqual([
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'c'],
    ]);
  });

  it('takes binds of every kind the driver sends', async () => {
    const { rows } = await session.run('SELECT ?, ?, ?, ?', { binds: [5, 1.5, "it's", true] });
    expect(rows).toEqual([['5', '1.5', "it's", 'TRUE']]);
  });

  it('has no page it does not know', async () => {
    expect((await fetch(`${warehouse.origin}/elsewhere`)).status).toBe(404);
    const malformed = await fetch(`${warehouse.origin}/session/v1/login-request`, { method: 'POST', body: '{' });
    expect(malformed.status).toBe(400);
  });
});

describe('session tokens', () => {
  it('expire, are renewed by the master token, and outlive a renewal that another process made', async () => {
    const warehouse = await startTestWarehouse({ lifetimes: { sessionSeconds: 1, masterSeconds: 3600 } });
    const session = await DriverSession.open(warehouse);
    for (let round = 0; round < 4; round++) {
      expect(await session.rows("SELECT SYSTEM$WAIT(400, 'MILLISECONDS')")).toHaveLength(1);
    }
    await session.close();
    await warehouse.stop();
  });

  it('cannot be renewed once the master token has expired', async () => {
    const warehouse = await startTestWarehouse({ lifetimes: { sessionSeconds: 0, masterSeconds: 0 } });
    const send = async (path: string, body: object, token?: string) => {
      const headers = {
        'content-type': 'application/json',
        ...(token && { authorization: `Snowflake Token="${token}"` }),
      };
      const response = await fetch(warehouse.origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await response.json()) as Reply;
    };
    const { data } = await send('/session/v1/login-request', {
      data: { ACCOUNT_NAME: 'demo', LOGIN_NAME: 'demo', PASSWORD: 'demo' },
    });
    expect((await send('/queries/v1/query-request?requestId=1', { sqlText: 'SELECT 1' }, data.token)).code).toBe(
      '390112',
    );
    expect(
      (await send('/session/token-request', { requestType: 'RENEW', oldSessionToken: data.token }, data.masterToken))
        .code,
    ).toBe('390114');
    await warehouse.stop();
  });
});
