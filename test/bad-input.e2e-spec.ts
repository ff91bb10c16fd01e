import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient } from './support/api-client';
import { DocumentBuilder } from './support/document-builder';

interface ProblemBody {
  code: string;
  status: number;
  detail: string;
  errors?: { path: string }[];
}
interface Validation {
  valid: boolean;
  problems: { code: string; nodeId?: string; path?: string }[];
  plan: unknown[];
}

describe('Bad input', () => {
  let stack: Stack;
  let api: ApiClient;

  beforeAll(async () => {
    stack = await startStack();
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

  const validate = async (definition: object) =>
    (await api.call<Validation>('POST', '/workflows/validate', { body: { definition } })).body;

  it('refuses a wrong password with 401 and the cause', async () => {
    const reply = await api.call<ProblemBody>('POST', '/auth/connect', {
      body: { account: 'demo', authenticator: 'password', username: 'demo', password: 'wrong' },
    });
    expect([reply.status, reply.body.code]).toEqual([401, 'SNOWFLAKE_LOGIN_FAILED']);
    expect(reply.body.detail).toMatch(/password/i);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
  });

  it('says within three seconds that an account does not answer', async () => {
    const startedAt = Date.now();
    const reply = await api.call<ProblemBody>('POST', '/auth/connect', {
      body: { account: 'nobody-atall', authenticator: 'password', username: 'x', password: 'y' },
    });
    expect([reply.status, reply.body.code]).toEqual([504, 'SNOWFLAKE_UNREACHABLE']);
    expect(reply.body.detail).toMatch(/account/i);
    expect(Date.now() - startedAt).toBeLessThan(3500);
  });

  describe.each(['SELECT 1 AS A; SELECT 2 AS B', 'SELECT 1 AS A; DROP TABLE DEMO.PUBLIC.NOBODYS'])(
    'two statements in one, %j',
    (sql) => {
      const refused: unknown = expect.objectContaining({
        code: 'INVALID_SQL',
        message: expect.stringMatching(/statement/i) as string,
      });
      const definition = () =>
        new DocumentBuilder('Two').node('both', 'source.sql', { sql, materialise: true }).build();

      it('are a problem of their node before a run', async () => {
        const { valid, problems } = await validate(definition());
        expect(valid).toBe(false);
        expect(problems.filter(({ nodeId }) => nodeId === 'both')).toEqual([refused]);
      });

      it('are refused by a run, of which no statement was sent', async () => {
        const reply = await api.call<ProblemBody & { problems?: { code: string; nodeId?: string }[] }>(
          'POST',
          '/workflows/run',
          { body: { definition: definition() }, headers: { prefer: 'wait=30' } },
        );
        expect([reply.status, reply.body.code]).toEqual([422, 'WORKFLOW_INVALID']);
        expect(reply.body.problems?.filter(({ nodeId }) => nodeId === 'both')).toEqual([refused]);
      });
    },
  );

  it.each([
    ['malformed JSON', '{"definition": ', 400],
    ['an unknown field', JSON.stringify({ definition: {}, colour: 'blue' }), 422],
    ['deep nesting', `{"definition": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 422],
    ['an array for an object', '[]', 422],
    ['a polluting key', '{"definition": {}, "__proto__": {"admin": true}}', 400],
    ['nothing', '', 400],
  ])('answers %s with problem+json, never a stack', async (_name, body, status) => {
    const reply = await api.call<ProblemBody>('POST', '/workflows/save', {
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    if (status !== 400) expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.stringify(reply.body)).not.toMatch(/node_modules|at .*\.js:/);
  });

  it('refuses a body of ten megabytes by its announced length, before it is sent', async () => {
    const announced = request(`${api.gatewayUrl}/api/v1/workflows/save`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 10_000_000 },
    });
    announced.on('error', () => undefined).flushHeaders();
    const [response] = (await once(announced, 'response')) as [IncomingMessage];
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      413,
      expect.stringContaining('application/problem+json'),
    ]);
    announced.destroy();
  });

  it.each([
    '/workflows/nope',
    '/workflows/wf_0000000000000000000000',
    '/runs/run_0000000000000000000000',
    '/runs/%00',
    '/no/such/route',
  ])('answers 404 for %s', async (path) => {
    const reply = await api.call<ProblemBody>('GET', path);
    expect([reply.status, reply.body.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('names the nodes of a cycle', async () => {
    const definition = new DocumentBuilder()
      .node('a', 'shape.limit', { rows: 1 }, 'b')
      .node('b', 'shape.limit', { rows: 1 }, 'a')
      .node('out', 'output.result', { name: 'R', view: 'table' }, 'b')
      .build();
    const { valid, problems, plan } = await validate(definition);
    expect([valid, plan]).toEqual([false, []]);
    expect(problems).toContainEqual(expect.objectContaining({ code: 'CYCLE' }));
  });

  it('names node and field of an unknown type, a missing port, an unknown column and a hostile identifier', async () => {
    const hostile = 'a"; drop table x; --';
    const definition = new DocumentBuilder()
      .tpch('orders', 'ORDERS')
      .node('strange', 'shape.magic', {}, 'orders')
      .node('ported', 'shape.limit', { rows: 1 }, 'orders.sideways')
      .node('columned', 'shape.filter', { conditions: [{ column: 'NOPE', operator: 'eq', value: 1 }] }, 'orders')
      .node('hostile', 'shape.filter', { conditions: [{ column: hostile, operator: 'eq', value: 1 }] }, 'orders')
      .node('gone', 'source.table', { database: 'SNOWFLAKE_SAMPLE_DATA', schema: 'TPCH_SF1', table: hostile })
      .build();
    const { valid, problems } = await validate(definition);
    expect(valid).toBe(false);
    for (const expected of [
      { code: 'UNKNOWN_NODE_TYPE', nodeId: 'strange' },
      { code: 'UNKNOWN_PORT' },
      { code: 'UNKNOWN_COLUMN', nodeId: 'columned', path: 'conditions.0.column' },
      { code: 'UNKNOWN_COLUMN', nodeId: 'hostile', path: 'conditions.0.column' },
      { code: 'SOURCE_NOT_FOUND', nodeId: 'gone' },
    ]) {
      expect(problems).toContainEqual(expect.objectContaining(expected));
    }
    const refused = await api.call<ProblemBody & Validation>('POST', '/workflows/run', { body: { definition } });
    expect([refused.status, refused.body.code]).toEqual([422, 'WORKFLOW_INVALID']);
    expect(refused.body.problems.length).toBeGreaterThan(0);
  });

  it('refuses a document of 5,000 nodes by how many may be, and answers at once for as many as may be', async () => {
    const chainOf = (length: number) => {
      const chain = new DocumentBuilder('Long').tpch('n0', 'REGION');
      for (let at = 1; at < length; at += 1) chain.node(`n${at}`, 'shape.limit', { rows: 1 }, `n${at - 1}`);
      return chain.build();
    };
    for (const path of ['/workflows/save', '/workflows/validate', '/workflows/run']) {
      const reply = await api.call<ProblemBody>('POST', path, { body: { definition: chainOf(5_000) } });
      expect([path, reply.status, JSON.stringify(reply.body)]).toEqual([path, 422, expect.stringMatching(/2,?000/)]);
    }
    const startedAt = Date.now();
    const { problems } = await validate(chainOf(2_000));
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect(problems.filter(({ code }) => code !== 'UNREACHABLE_NODE')).toEqual([
      expect.objectContaining({ code: 'NO_OUTPUT' }),
    ]);
  }, 60_000);

  it.each([
    ['half an expression', 'N_NATIONKEY >'],
    ['a statement', '1 = 1; DROP TABLE NATION'],
    ['a query for a value', '(SELECT'],
    ['an open text', "N_NAME = 'x"],
    ['an open comment', 'N_NATIONKEY > 1 /*'],
    ['nothing but a comment', '-- nothing'],
    ['a column that is not there', 'NOPE > 1'],
    ['deep brackets', `${'('.repeat(5_000)}1${')'.repeat(5_000)} > 0`],
    ['an unknown template', 'N_NATIONKEY > {{ parameters.nope }}'],
  ])('names the field of an expression that is %s', async (_what, expression) => {
    const definition = new DocumentBuilder()
      .tpch('nations', 'NATION')
      .node('wrong', 'shape.filter', { expression }, 'nations')
      .node('result', 'output.result', { name: 'R', view: 'table' }, 'wrong')
      .build();
    const { valid, problems } = await validate(definition);
    expect(valid).toBe(false);
    expect(problems).toContainEqual(expect.objectContaining({ nodeId: 'wrong', path: 'expression' }));
  });

  it('takes a hostile value as a bind', async () => {
    const definition = new DocumentBuilder()
      .tpch('nations', 'NATION')
      .node(
        'none',
        'shape.filter',
        { conditions: [{ column: 'N_NAME', operator: 'eq', value: "x' OR 1=1; DROP TABLE NATION; --" }] },
        'nations',
      )
      .node('result', 'output.result', { name: 'None', view: 'table' }, 'none')
      .build();
    const run = await api.call<{ status: string; nodes: Record<string, { rowCount?: number }> }>(
      'POST',
      '/workflows/run',
      {
        body: { definition },
        headers: { prefer: 'wait=20' },
      },
    );
    expect(run.body).toMatchObject({ status: 'succeeded', nodes: { result: { rowCount: 0 } } });
  });

  it('saves a half-drawn draft but not a shape that does not parse', async () => {
    const halfDrawn = new DocumentBuilder().node('lonely', 'shape.filter', {}).build();
    expect((await api.call('POST', '/workflows/save', { body: { definition: halfDrawn } })).status).toBe(201);
    const shapeless = await api.call<ProblemBody>('POST', '/workflows/save', {
      body: { definition: { ...halfDrawn, nodes: 'many' } },
    });
    expect([shapeless.status, shapeless.body.errors?.[0]?.path]).toEqual([422, expect.stringContaining('nodes')]);
  });
});
