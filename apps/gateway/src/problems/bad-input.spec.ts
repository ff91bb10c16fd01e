import { AppError } from '@snowflow/contracts/errors/app-error';
import { connect as openSocket } from 'node:net';
import { startGateway, TestGateway } from '../testing/test-gateway';

interface Body {
  code: string;
  status: number;
  correlationId: string;
  errors: { path: string; message: string }[];
  [extension: string]: unknown;
}

describe('The gateway, given bad input,', () => {
  let gateway: TestGateway;
  let headers: Record<string, string>;

  beforeAll(async () => {
    gateway = await startGateway();
    ({ headers } = await gateway.signIn());
    gateway.workflow.answers.validate = () => Promise.resolve({ valid: true, problems: [], plan: [], columns: {} });
    gateway.workflow.answers.get = () => Promise.reject(new TypeError('a message with canary-value in it'));
  });
  afterAll(() => gateway.stop());

  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${gateway.url}/api/v1${path}`, { ...init, headers: { ...headers, ...init.headers } });
    const text = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const body = JSON.parse(text) as Body;
    expect(body.status).toBe(response.status);
    expect(body.correlationId).toBe(response.headers.get('x-correlation-id'));
    expect(text).not.toMatch(/node_modules|\bat .+:\d+:\d+/);
    return body;
  };
  const post = (body: string, type = 'application/json', path = '/workflows/validate') =>
    send(path, { method: 'POST', body, headers: { 'content-type': type } });

  it('refuses JSON that is none', async () => {
    for (const text of ['{', '{"a":', 'nonsense', '{"definition": {},}', '']) {
      expect([text, (await post(text)).code]).toEqual([text, 'MALFORMED_BODY']);
    }
  });

  it('refuses a body that is no object, and one without what is needed', async () => {
    for (const text of ['[]', '"x"', '1', 'null', '{}', '{"definition": 1}', '{"definition": []}']) {
      expect([text, (await post(text)).code]).toEqual([text, 'VALIDATION']);
    }
  });

  it('names unknown and wrong fields', async () => {
    const problem = await post(
      '{"account":"demo","authenticator":"magic","username":5,"extra":1}',
      undefined,
      '/auth/connect',
    );
    expect(problem.code).toBe('VALIDATION');
    expect(problem.errors.map(({ path }) => path).sort()).toEqual(
      expect.arrayContaining(['authenticator', 'extra', 'username']),
    );
    expect((await send('/workflows?limit=201')).errors[0]?.path).toBe('limit');
    expect((await send('/workflows?limit=x')).errors[0]?.path).toBe('limit');
    expect((await send('/workflows?unknown=1')).errors[0]?.path).toBe('unknown');
    expect((await send('/workflows?search=%00')).errors[0]?.path).toBe('search');
  });

  it('refuses a body of 10 MB, by its length and while it streams', async () => {
    expect(await post(`{"definition":{"a":"${'x'.repeat(10_000_000)}"}}`)).toMatchObject({
      code: 'BODY_TOO_LARGE',
      status: 413,
    });
  });

  it('refuses deep nesting, in arrays and objects', async () => {
    for (const depth of [200, 100_000]) {
      const arrays = `{"definition":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
      expect(await post(arrays)).toMatchObject({ code: 'VALIDATION', status: 422 });
      const objects = `{"definition":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`;
      expect(await post(objects)).toMatchObject({ code: 'VALIDATION', status: 422 });
    }
  });

  it('refuses keys that would reach a prototype', async () => {
    for (const text of [
      '{"__proto__":{"a":1}}',
      '{"definition":{"__proto__":{"a":1}}}',
      '{"constructor":{"prototype":{}}}',
    ]) {
      expect([400, 422]).toContain((await post(text)).status);
    }
    expect(({} as Record<string, unknown>).a).toBeUndefined();
    for (const text of ['{"definition":{"constructor":"x"}}', '{"definition":{"a":[{"constructor":{}}]}}']) {
      expect(await post(text)).toMatchObject({ code: 'VALIDATION', errors: [{ path: 'constructor' }] });
    }
  });

  it('refuses other media types', async () => {
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x']) {
      expect(await post('x', type)).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE', status: 415 });
    }
  });

  it('answers 404 to unknown routes, ids that can not be, and broken addresses', async () => {
    for (const path of [
      '/nothing',
      '/workflows/x',
      '/workflows/wf_../x',
      '/runs/wf_0123456789abcdef0123',
      '/runs/%00',
    ]) {
      expect([path, (await send(path)).code]).toEqual([path, 'NOT_FOUND']);
    }
    const response = await fetch(`${gateway.url}/api/v1/runs/%E0%A4%A`, { headers });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'MALFORMED_BODY',
      correlationId: response.headers.get('x-correlation-id'),
    });
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('takes an address of two slashes for no page, instead of failing', async () => {
    for (const path of ['//', '//host/file.js']) {
      expect([403, 404]).toContain((await fetch(gateway.url + path)).status);
    }
  });

  it('refuses a list where an object belongs, and a list of lists where one of objects does', async () => {
    const template = {
      name: 'A',
      description: '',
      category: 'insight',
      tags: [],
      workflowId: 'wf_0123456789abcdef0123',
    };
    for (const ask of [[[]], [[{}]], {}]) {
      expect(await post(JSON.stringify({ ...template, ask }), undefined, '/templates')).toMatchObject({
        code: 'VALIDATION',
      });
    }
  });

  it('answers what is no HTTP with a problem too', async () => {
    const { port, hostname } = new URL(gateway.url);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = openSocket(Number(port), hostname, () => socket.write('NOT HTTP AT ALL\r\n\r\n'));
      socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('"code":"MALFORMED_BODY"');
  });

  it('says nothing of an error that nobody meant', async () => {
    const problem = await send('/workflows/wf_0123456789abcdef0123');
    expect(problem).toMatchObject({ code: 'INTERNAL', status: 500 });
    expect(JSON.stringify(problem)).not.toContain('canary-value');
  });

  it('keeps a harmless correlation id and replaces any other', async () => {
    const id = 'my-correlation.id_1';
    expect((await send('/nothing', { headers: { 'x-correlation-id': id } })).correlationId).toBe(id);
    for (const bad of ['short', 'with space inside', 'x'.repeat(65)]) {
      expect((await send('/nothing', { headers: { 'x-correlation-id': bad } })).correlationId).not.toBe(bad);
    }
  });

  it('carries what a service says beside its message', async () => {
    gateway.workflow.answers.save = () => {
      throw new AppError('REVISION_CONFLICT', 'Somebody saved revision 4.', {
        extensions: { current: { revision: 4, definition: {} } },
      });
    };
    const problem = await post('{"definition":{}}', undefined, '/workflows/save');
    expect(problem).toMatchObject({ status: 409, code: 'REVISION_CONFLICT', current: { revision: 4 } });
  });

  it('takes idempotency keys that are printable and short', async () => {
    for (const key of ['', 'x'.repeat(256), 'with space']) {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      const problem = await send('/workflows/save', { method: 'POST', body: '{"definition":{}}', headers });
      expect(problem.code).toBe('VALIDATION');
    }
  });
});
