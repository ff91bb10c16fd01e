import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, runToEnd } from './support/api-client';
import { directSql } from './support/direct-sql';
import { DocumentBuilder } from './support/document-builder';
import { everyPostgresText, everyRedisText } from './support/everything-at-rest';

const inRow = 'CANARY-ROW-7f3a91';
const inPassword = 'CANARY-PASSWORD-5512aa';
const inParameter = 'CANARY-PARAMETER-a1b2c3';

describe('What must not rest outside Snowflake', () => {
  let stack: Stack;
  const seen: string[] = [];

  beforeAll(async () => {
    stack = await startStack();
    const api = new ApiClient(stack.gatewayUrl);
    await api.call('POST', '/auth/connect', {
      body: { account: 'demo', authenticator: 'password', username: 'demo', password: inPassword },
    });
    await api.connect('demo');
    await directSql(stack.warehouseUrl, `CREATE TABLE DEMO.PUBLIC.CANARIES AS SELECT '${inRow}' AS NOTE`);

    const reading = new DocumentBuilder()
      .node('canaries', 'source.table', { database: 'DEMO', schema: 'PUBLIC', table: 'CANARIES' })
      .parameter('wanted', 'string', 'nothing')
      .node('same', 'shape.filter', { expression: 'NOTE <> {{ parameters.wanted }}' }, 'canaries')
      .node('result', 'output.result', { name: 'Read', view: 'table' }, 'same')
      .build();
    const read = await runToEnd(api, { definition: reading, parameters: { wanted: inParameter } });
    expect(read).toMatchObject({ status: 'succeeded', nodes: { result: { rowCount: 1 } } });
    const page = await api.call('GET', `/runs/${read.id}/nodes/result/result`);
    expect(JSON.stringify(page.body)).toContain(inRow);
    const preview = await api.call('GET', '/catalog/sources/DEMO/PUBLIC/CANARIES/preview?limit=5');
    expect(JSON.stringify(preview.body)).toContain(inRow);

    const casting = new DocumentBuilder()
      .node('canaries', 'source.table', { database: 'DEMO', schema: 'PUBLIC', table: 'CANARIES' })
      .node('cast', 'shape.select', { columns: [{ expression: 'TO_NUMBER(NOTE)', as: 'N' }] }, 'canaries')
      .node('result', 'output.result', { name: 'Cast', view: 'table' }, 'cast')
      .build();
    const cast = await runToEnd(api, { definition: casting });
    expect(cast.nodes.result?.error?.message).toContain(inRow);
    seen.push(await (await api.send('GET', `/runs/${cast.id}/events`)).text());
    seen.push(await (await api.send('GET', `/runs/${read.id}/events`)).text());
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

  it.each([inRow, inPassword, inParameter])('%s is in no event', (canary) => {
    expect(seen.join().includes(canary)).toBe(false);
  });

  it.each([inRow, inPassword, inParameter])('%s is in no log line', (canary) => {
    const logs = stack.logs();
    expect(logs.length).toBeGreaterThan(0);
    expect(logs.includes(canary)).toBe(false);
  });

  it.each([inRow, inPassword, inParameter])('%s is in no Redis value', async (canary) => {
    const text = await everyRedisText(stack.redisUrl);
    expect(text.length).toBeGreaterThan(0);
    expect(text.includes(canary)).toBe(false);
  });

  it.each([inRow, inPassword, inParameter])('%s is in no Postgres row', async (canary) => {
    const text = await everyPostgresText(stack.databaseUrl);
    expect(text).toContain('run_');
    expect(text.includes(canary)).toBe(false);
  });
});
