import { DurableRedis } from '@snowflow/testing/durable-redis';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient } from './support/api-client';
import { DocumentBuilder } from './support/document-builder';
import { everyPostgresText, everyRedisText } from './support/everything-at-rest';
import { publish, storeToken } from './support/publish';
import { PublishedCaller } from './support/published-caller';

const values = { columns: [{ name: 'N', type: 'NUMBER(5,2)' }], rows: [[1], [2.5], [null]] };
const literal = new DocumentBuilder('Literal')
  .node('v', 'source.values', values)
  .node('out', 'output.response', {}, 'v')
  .build();
const regions = new DocumentBuilder('Regions')
  .parameter('most', 'number', 2)
  .tpch('region', 'REGION')
  .node('some', 'shape.filter', { expression: 'R_REGIONKEY < {{ parameters.most }}' }, 'region')
  .node('out', 'output.response', { status: 201 }, 'some')
  .build();

interface MadeKey {
  id: string;
  key: string;
}

describe('Published workflows', () => {
  let stack: Stack;
  let redis: DurableRedis;
  let api: ApiClient;
  const keys: string[] = [];
  let literalId: string;
  let regionsId: string;

  beforeAll(async () => {
    redis = await DurableRedis.start();
    stack = await startStack({ env: { REDIS_URL: redis.url, LOG_LEVEL: 'debug' } });
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const credentialId = await storeToken(api, stack.warehouseUrl);
    literalId = (await publish(api, literal, { slug: 'literal', credentialId })).workflowId;
    regionsId = (await publish(api, regions, { slug: 'regions', credentialId })).id;
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await redis?.stop();
  }, 60_000);

  const makeKey = async (body: object = {}, as = api): Promise<MadeKey> => {
    const made = await as.call<MadeKey>('POST', '/auth/api-keys', { body: { name: 'Program', days: 1, ...body } });
    keys.push(made.body.key);
    return made.body;
  };
  const callerOf = ({ key }: { key: string }) => new PublishedCaller(stack.gatewayUrl, key);

  it('answer a call with what their Response node gives, and validate its parameters', async () => {
    const caller = callerOf(await makeKey());
    const asked = await caller.call('regions', { most: 3 });
    expect(asked).toMatchObject({
      status: 201,
      body: { rowCount: 3, rows: [['0', 'AFRICA', expect.anything()], expect.anything(), expect.anything()] },
    });
    const wrong = await caller.call('regions', { most: 'many', other: 1 });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'VALIDATION' } });
    expect(wrong.text).toContain('parameters.most');
    expect(wrong.text).toContain('parameters.other');
    const described = await caller.get('regions/openapi.json');
    expect(described).toMatchObject({ status: 200, body: { openapi: '3.1.0', info: { title: 'Regions' } } });
    expect(described.text).toContain('"most":{"type":["number","null"],"default":2}');
  });

  it('answer at once what needs no statement, the same as a durable run does, and tell both in the history', async () => {
    const caller = callerOf(await makeKey());
    const brief = await caller.call('literal');
    expect(brief).toMatchObject({ status: 200, body: { rows: [['1.00'], ['2.50'], [null]], rowCount: 3 } });
    const durable = await caller.call('literal', {}, { 'idempotency-key': 'durable' });
    expect(durable.body).toEqual(brief.body);
    const ofLiteral = async () =>
      (await api.call<{ items: object[] }>('GET', `/runs?workflowId=${literalId}`)).body.items;
    const finished = { trigger: 'published', status: 'succeeded', startedBy: 'DEMO' };
    await eventually(async () => expect(await ofLiteral()).toMatchObject([finished, finished]));
  });

  it('are called without waiting, or followed as a stream, by the key that called alone', async () => {
    const caller = callerOf(await makeKey());
    const taken = await caller.call('regions', {}, { prefer: 'respond-async' });
    expect(taken).toMatchObject({ status: 202, body: { status: 'queued', statusUrl: expect.any(String) } });
    const statusUrl = String(taken.body.statusUrl);
    const stranger = callerOf(await makeKey());
    expect((await stranger.get(statusUrl)).status).toBe(404);
    const told = await eventually(async () => {
      const answer = await caller.get(statusUrl);
      return answer.status !== 202 && answer;
    }, 20_000);
    expect(told).toMatchObject({ status: 201, body: { rowCount: 2 } });
    const streamed = await caller.call('regions', {}, { accept: 'text/event-stream' });
    expect(streamed.text).toMatch(/event: run\.succeeded[\s\S]*event: response\ndata: \{"status":201,"rowsUrl":/);
    expect(streamed.text).not.toContain('AFRICA');
  }, 60_000);

  it('do the work of one idempotency key once, and refuse it for another body', async () => {
    const caller = callerOf(await makeKey());
    const prefer = { prefer: 'respond-async', 'idempotency-key': 'once' };
    const [first, second] = await Promise.all([caller.call('regions', {}, prefer), caller.call('regions', {}, prefer)]);
    expect(second.body.runId).toBe(first.body.runId);
    expect((await caller.call('regions', { most: 1 }, prefer)).body).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });

  it('are not there for a key that is wrong, revoked, rotated, of another scope or of another tenant', async () => {
    expect((await callerOf({ key: 'sfk_wrong' }).call('literal')).body).toMatchObject({ code: 'UNAUTHENTICATED' });
    const scoped = callerOf(await makeKey({ publications: [regionsId] }));
    expect((await scoped.call('literal')).status).toBe(404);
    expect((await scoped.call('regions')).status).toBe(201);

    const made = await makeKey();
    const caller = callerOf(made);
    expect((await caller.call('literal')).status).toBe(200);
    const rotate = (graceHours: number) =>
      api.call<MadeKey>('POST', `/auth/api-keys/${made.id}/rotate`, { body: { graceHours } });
    const graced = callerOf((await rotate(1)).body);
    keys.push(graced.key);
    expect([(await caller.call('literal')).status, (await graced.call('literal')).status]).toEqual([200, 200]);
    const last = callerOf((await rotate(0)).body);
    keys.push(last.key);
    const statuses = [caller, graced, last].map(async (one) => (await one.call('literal')).status);
    expect(await Promise.all(statuses)).toEqual([401, 401, 200]);
    await api.call('DELETE', `/auth/api-keys/${made.id}`);
    expect((await last.call('literal')).status).toBe(401);

    const other = new ApiClient(stack.gatewayUrl);
    await other.connect('demo2', 'demo2', 'demo2');
    expect((await callerOf(await makeKey({}, other)).call('literal')).status).toBe(404);
  });

  it('stop where the budget of the key is used up', async () => {
    const twice = callerOf(await makeKey({ limits: { callsPerDay: 2 } }));
    const statuses = [(await twice.call('literal')).status, (await twice.call('literal')).status];
    expect(statuses).toEqual([200, 200]);
    const third = await twice.call('literal');
    expect(third).toMatchObject({ status: 429, body: { code: 'KEY_LIMIT_REACHED' } });
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    const spent = callerOf(await makeKey({ limits: { statementsPerDay: 1 } }));
    expect((await spent.call('regions')).status).toBe(201);
    expect((await spent.call('regions')).body).toMatchObject({ code: 'KEY_LIMIT_REACHED' });
  });

  it('leave no key in logs, Redis or Postgres', async () => {
    const everything = [stack.logs(), await everyRedisText(redis.url), await everyPostgresText(stack.databaseUrl)];
    const found = keys.filter((key) => everything.some((text) => text.includes(key.slice(27))));
    expect(keys.length).toBeGreaterThan(8);
    expect(found).toEqual([]);
  });
});
