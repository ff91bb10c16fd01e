import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { ok, refusal, rowset, ScriptedWarehouse } from '../testing/scripted-warehouse';
import type { Credentials, DriverConnection, DriverResult, RawRow } from './snowflake-driver';
import { SnowflakeSdkDriver } from './snowflake-sdk.driver';
import { Egress } from '../net/egress';

const driver = new SnowflakeSdkDriver(new Egress());
const credentials: Credentials = { username: 'demo', password: 'demo', authenticator: 'SNOWFLAKE' };
const soon = (ms = 5_000) => AbortSignal.timeout(ms);
const text = { name: 'A', type: 'text', nullable: true, length: 10 };

async function rowsOf(result: DriverResult): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const row of result.rows(0, result.rowCount - 1)) rows.push(row);
  return rows;
}

describe('the traps of the Snowflake driver', () => {
  let warehouse: ScriptedWarehouse;
  let elsewhere: ScriptedWarehouse;

  beforeEach(async () => {
    warehouse = await ScriptedWarehouse.start();
    elsewhere = await ScriptedWarehouse.start();
  });
  afterEach(async () => {
    await warehouse.stop();
    await elsewhere.stop();
  });

  const login = (): Promise<DriverConnection> =>
    driver.login({ account: 'demo', origin: warehouse.origin }, credentials, soon());

  it.each(['role', 'warehouse', 'database', 'schema'] as const)(
    'a %s with half of a character, at which the driver throws where nobody catches it, is refused before',
    async (what) => {
      const broken = { ...credentials, [what]: 'A\ud800' };
      const signed = driver.login({ account: 'demo', origin: warehouse.origin }, broken, soon());
      await expect(signed).rejects.toMatchObject({ code: 'VALIDATION', message: expect.stringContaining(what) });
      expect(warehouse.seen).toEqual([]);
    },
  );

  it('trap 1: what the server calls a VARIANT is never run as code', async () => {
    const hostile = '(() => { globalThis.ranAsCode = true; return {}; })()';
    warehouse.onQuery(
      rowset([{ name: 'V', type: 'variant', nullable: true }], [[hostile], ['{"a":undefined}'], [null]]),
    );
    const result = await (await login()).execute({ sql: 'select v' }, soon());
    expect(await rowsOf(result)).toEqual([[hostile], ['{"a":undefined}'], [null]]);
    expect(result.columns[0]?.type).toBe('variant');
    expect('ranAsCode' in globalThis).toBe(false);
  });

  it('trap 2: result chunks are not fetched from a host that the server names', async () => {
    warehouse.onQuery(
      rowset([text], [], { total: 1, returned: 1, chunks: [{ url: `${elsewhere.origin}/chunk`, rowCount: 1 }] }),
    );
    const result = await (await login()).execute({ sql: 'select 1' }, soon());
    await expect(rowsOf(result)).rejects.toMatchObject({ name: 'SnowflakeFailure' });
    expect(elsewhere.seen).toEqual([]);
  });

  it('trap 2: the session token does not follow a result address to another host', async () => {
    const { host } = new URL(elsewhere.origin);
    warehouse.onQuery({ success: true, code: '333333', data: { queryId: 'q', getResultUrl: `@${host}/result` } });
    await expect((await login()).execute({ sql: 'select 1' }, soon())).rejects.toMatchObject({ kind: 'unreachable' });
    expect(elsewhere.seen).toEqual([]);
  });

  it('trap 2: a redirect is not followed', async () => {
    warehouse.onQuery((_, response) => {
      response.writeHead(307, { location: `${elsewhere.origin}/queries/v1/query-request` }).end();
      return undefined;
    });
    await expect((await login()).execute({ sql: 'select 1' }, soon())).rejects.toMatchObject({ kind: 'unreachable' });
    expect(elsewhere.seen).toEqual([]);
  });

  it("trap 3: one session's parameters reach no other session of the process", async () => {
    const parameters = [
      { name: 'SERVICE_NAME', value: 'of-the-first' },
      { name: 'CLIENT_SESSION_KEEP_ALIVE', value: true },
      { name: 'CLIENT_SESSION_KEEP_ALIVE_HEARTBEAT_FREQUENCY', value: 0.01 },
    ];
    warehouse.onLogin({ parameters });
    warehouse.onQuery(rowset([text], [['x']], { parameters }));
    const first = await login();
    await first.execute({ sql: 'select 1' }, soon());
    elsewhere.onQuery(rowset([text], [['x']]));
    const second = await driver.login({ account: 'demo2', origin: elsewhere.origin }, credentials, soon());
    await second.execute({ sql: 'select 1' }, soon());
    expect(elsewhere.seenAt('/queries/v1/query-request')[0]?.headers['x-snowflake-service']).toBeUndefined();
    expect([...warehouse.seen, ...elsewhere.seen].map(({ path }) => path)).not.toContain('/session/heartbeat');
  });

  it('trap 4: a login to a server that never answers ends by our deadline', async () => {
    warehouse.on('/session/v1/login-request', () => undefined);
    const startedAtMs = Date.now();
    await expect(
      driver.login({ account: 'demo', origin: warehouse.origin }, credentials, soon(300)),
    ).rejects.toMatchObject({ kind: 'cancelled' });
    expect(Date.now() - startedAtMs).toBeLessThan(1_500);
  });

  it('trap 4: a query to a server that died ends at once, and nothing goes on in the background', async () => {
    const connection = await login();
    await warehouse.stop();
    const startedAtMs = Date.now();
    await expect(connection.execute({ sql: 'select 1' }, soon())).rejects.toMatchObject({ kind: 'unreachable' });
    connection.dispose();
    expect(Date.now() - startedAtMs).toBeLessThan(1_500);
  });

  it('trap 4: a query to a server that went silent ends by our deadline', async () => {
    const connection = await login();
    warehouse.onQuery(() => undefined);
    await expect(connection.execute({ sql: 'select 1' }, soon(200))).rejects.toMatchObject({ kind: 'cancelled' });
    connection.dispose();
  });

  it('trap 5: the driver logs nowhere, probes no cloud host and sends no telemetry', async () => {
    const said = jest.spyOn(process.stdout, 'write');
    warehouse.onQuery(rowset([{ name: 'N', type: 'fixed', precision: 38, scale: 0 }], [['123456789012345678901']]));
    const result = await (await login()).execute({ sql: 'select n' }, soon());
    await rowsOf(result);
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
    expect(existsSync('snowflake.log')).toBe(false);
    expect(warehouse.seen.map(({ path }) => path)).toEqual(['/session/v1/login-request', '/queries/v1/query-request']);
    expect(warehouse.seen[0]?.body.data?.['CLIENT_ENVIRONMENT']).toMatchObject({ PLATFORM: ['disabled'] });
  });

  it('trap 6: big integers and long decimals keep every digit, and NULL stays null', async () => {
    const digits = '99999999999999999999999999999999999999';
    warehouse.onQuery(
      rowset(
        [
          { name: 'N', type: 'fixed', precision: 38, scale: 0 },
          { name: 'D', type: 'fixed', precision: 38, scale: 10 },
        ],
        [
          [digits, '1234567890123456789.0123456789'],
          [null, null],
        ],
      ),
    );
    const result = await (await login()).execute({ sql: 'select n, d' }, soon());
    expect(await rowsOf(result)).toEqual([
      [digits, '1234567890123456789.0123456789'],
      [null, null],
    ]);
  });

  it('trap 7: an error keeps its code, SQLSTATE, position and query id', async () => {
    warehouse.onQuery(
      refusal('000904', 'invalid identifier', { sqlState: '42000', line: 3, pos: 7, queryId: 'the-query' }),
    );
    await expect((await login()).execute({ sql: 'select x' }, soon())).rejects.toMatchObject({
      kind: 'refused',
      facts: { code: '000904', sqlState: '42000', line: 3, position: 7, queryId: 'the-query' },
    });
  });

  it.each(['390112', '390104', '390111'])(
    'trap 8: on %s the driver reports, and renews nothing by itself',
    async (code) => {
      const connection = await login();
      warehouse.onQuery(refusal(code, 'Session token has expired.'));
      await expect(connection.execute({ sql: 'select 1' }, soon())).rejects.toMatchObject({
        kind: 'session',
        facts: { code },
      });
      warehouse.onQuery(rowset([text], [['x']]));
      await expect(connection.execute({ sql: 'select 1' }, soon())).resolves.toMatchObject({ rowCount: 1 });
      expect(warehouse.seenAt('/session/token-request')).toEqual([]);
    },
  );

  it('trap 9: letting a connection go leaves the session open in Snowflake', async () => {
    const connection = await login();
    const resumed = driver.resume({ account: 'demo', origin: warehouse.origin }, connection.serialize());
    connection.dispose();
    resumed.dispose();
    warehouse.onQuery(rowset([text], [['x']]));
    const again = driver.resume({ account: 'demo', origin: warehouse.origin }, (await login()).serialize());
    await again.execute({ sql: 'select 1' }, soon());
    expect(warehouse.seenAt('/session')).toEqual([]);
  });

  it('trap 9: a connection that is let go ends its request first', async () => {
    const connection = await login();
    let answer: (() => void) | undefined;
    warehouse.onQuery((_, response) => {
      answer = () =>
        response.setHeader('content-type', 'application/json').end(JSON.stringify(rowset([text], [['x']])));
      connection.dispose();
      setImmediate(() => answer?.());
      return undefined;
    });
    await expect(connection.execute({ sql: 'select 1' }, soon())).resolves.toMatchObject({ rowCount: 1 });
  });

  it('trap 11: waiting asks for the result itself, so the error is whole and no data is not taken for failure', async () => {
    const connection = await login();
    const path = '/queries/01b00000-0000-0000-0000-00000000000a/result';
    let asked = 0;
    warehouse.on(path, () => {
      asked += 1;
      if (asked < 3) return { success: true, code: '333333', data: { queryId: 'q', getResultUrl: path } };
      return refusal('100038', 'not numeric', { sqlState: '22018', line: 1, pos: 9 });
    });
    await expect(connection.fetch('01b00000-0000-0000-0000-00000000000a', soon())).rejects.toMatchObject({
      facts: { code: '100038', sqlState: '22018', line: 1, position: 9 },
    });
    expect(warehouse.seen.filter(({ path: at }) => at.startsWith('/monitoring'))).toEqual([]);
  });

  it('trap 12: the query tag goes with its statement only, and a statement is sent once', async () => {
    const connection = await login();
    expect(JSON.stringify(warehouse.seen[0]?.body)).not.toContain('QUERY_TAG');
    warehouse.onQuery({ success: true, code: '333334', data: { queryId: 'q1', getResultUrl: '/queries/q1/result' } });
    const requestId = '7b1f8f4e-0000-4000-8000-000000000001';
    const queryId = await connection.submit(
      { sql: 'select 1', requestId, parameters: { QUERY_TAG: '{"app":"snowflow"}' } },
      soon(),
    );
    expect(queryId).toBe('q1');
    const [sent] = warehouse.seenAt('/queries/v1/query-request');
    expect(sent?.search.get('requestId')).toBe(requestId);
    expect(sent?.body.parameters).toEqual({ MULTI_STATEMENT_COUNT: 1, QUERY_TAG: '{"app":"snowflow"}' });

    warehouse.onQuery((_, response) => {
      response.destroy();
      return undefined;
    });
    await expect(connection.submit({ sql: 'insert', requestId }, soon())).rejects.toMatchObject({
      kind: 'unreachable',
    });
    expect(warehouse.seenAt('/queries/v1/query-request')).toHaveLength(2);
  });

  it('a port that nobody listens on is unreachable, quickly', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const endpoint = { account: 'demo', origin: `http://127.0.0.1:${port}` };
    await expect(driver.login(endpoint, credentials, soon())).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('a wrong password is a refusal with the cause', async () => {
    warehouse.on('/session/v1/login-request', refusal('390100', 'Incorrect username or password was specified.'));
    await expect(login()).rejects.toMatchObject({ kind: 'refused', facts: { code: '390100' } });
  });

  it('a passcode goes with the password', async () => {
    await driver.login({ account: 'demo', origin: warehouse.origin }, { ...credentials, passcode: '123456' }, soon());
    expect(warehouse.seen[0]?.body.data).toMatchObject({ PASSCODE: '123456', EXT_AUTHN_DUO_METHOD: 'passcode' });
  });

  it('an answer without rows is a result', async () => {
    warehouse.onQuery(ok({ rowtype: [text], rowset: [], total: 0, returned: 0, queryId: 'q', version: 1 }));
    const result = await (await login()).execute({ sql: 'select 1 where false' }, soon());
    expect(await rowsOf(result)).toEqual([]);
  });
});
