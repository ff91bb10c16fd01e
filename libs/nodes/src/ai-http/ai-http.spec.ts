import fc from 'fast-check';
import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import type { OutsideRequest } from '../kit/outside-calls';
import { actionContext } from '../testing/action-context';
import { aiHttp } from './ai-http.definition';
import { aiHttpStep } from './ai-http.step';

conformance('ai.http', { folder: __dirname, input: columnsOf('O_ORDERKEY NUMBER(38,0)') });

describe('ai.http', () => {
  const asked = (more: object = {}) =>
    aiHttp.config.parse({ method: 'POST', url: 'https://agent.example.com/ask', ...more });
  const call = async (config: ReturnType<typeof asked>, given: Parameters<typeof actionContext>[0] = {}) => {
    const requests: OutsideRequest[] = [];
    const http = async (request: OutsideRequest) => {
      requests.push(request);
      return { status: 201, headers: {}, body: { answer: 42 } };
    };
    const result = await aiHttpStep.run(config, actionContext({ ...given, outside: { http } }));
    return { request: requests[0], result };
  };

  it('fills in the path, the query, headers and the body, and gives status and body', async () => {
    const config = asked({
      url: 'https://agent.example.com/{{ parameters.who }}?q={{ value.q }}',
      headers: [{ name: 'X-Run', value: '{{ run }}' }],
      body: '{ "n": {{ value.n }}, "text": "{{ value.q }}" }',
      credentialId: 'ocr_0000000000000000000000',
      timeoutMs: 5_000,
    });
    const { request, result } = await call(config, { input: { q: '"a&b"', n: 7 }, values: { who: 'ann/../bob' } });
    expect(request).toEqual({
      method: 'POST',
      url: 'https://agent.example.com/ann%2F..%2Fbob?q=%22a%26b%22',
      headers: expect.objectContaining({ 'x-run': 'run_1', 'content-type': 'application/json' }) as object,
      body: '{ "n": 7, "text": "\\"a&b\\"" }',
      credentialId: 'ocr_0000000000000000000000',
      timeoutMs: 5_000,
      carries: ['parameters.who', 'value.q', 'value.n'],
    });
    expect(result).toEqual({ value: { status: 201, body: { answer: 42 } } });
  });

  it('lets of rows nothing leave but their number', async () => {
    const { request, result } = await call(asked({ body: '{ "rows": {{ value.rowCount }} }' }), {
      queryId: 'q',
      rows: [['12']],
    });
    expect(request?.body).toBe('{ "rows": 12 }');
    expect(result.rowCount).toBe(12);
  });

  it('is led to no other host, path or query by any value', async () => {
    const config = asked({ url: 'https://agent.example.com/v1/{{ value }}/ask?x={{ value }}#{{ value }}' });
    await fc.assert(
      fc.asyncProperty(fc.string(), async (input) => {
        fc.pre(input !== '.' && input !== '..');
        const url = new URL((await call(config, { input })).request?.url ?? '');
        expect([url.host, url.pathname.split('/').length]).toEqual(['agent.example.com', 4]);
        expect(decodeURIComponent(url.pathname.split('/')[2] ?? '')).toBe(input);
        expect([...url.searchParams.keys()]).toEqual(['x']);
      }),
    );
    for (const input of ['.', '..'])
      await expect(call(config, { input })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('refuses a header that a value would break out of', async () => {
    const config = asked({ headers: [{ name: 'X-Who', value: '{{ value }}' }] });
    await expect(call(config, { input: 'a\r\nx-admin: 1' })).rejects.toThrow('X-Who');
  });

  const problems = (more: object) =>
    aiHttp.check(asked(more), { inputs: {}, kinds: {}, known: undefined, parameters: [] });

  it.each([
    'https://{{ value }}/x',
    'https://agent.{{ value }}.com/x',
    'https://{{ value }}@agent.example.com/x',
    'https:\\\\{{ value }}/x',
    '{{ value }}',
    'https://ann:secret@agent.example.com',
    'ftp://agent.example.com',
    'https://agent.example.com/a/../b',
    'https://agent.example.com/%2e%2E/b',
    'agent.example.com',
  ])('has a problem at the address %s', (url) => {
    expect(problems({ url })).toMatchObject([{ severity: 'error', path: 'url' }]);
  });

  it('has problems at headers that hold secrets or are not its to set, at a body that is no JSON, and at a GET with one', () => {
    expect(problems({ headers: [{ name: 'Authorization', value: 'Bearer x' }] })).toMatchObject([
      { path: 'headers.0.name', suggestion: 'Choose a credential' },
    ]);
    expect(problems({ headers: [{ name: 'Host', value: 'x' }] })).toMatchObject([{ path: 'headers.0.name' }]);
    expect(problems({ body: 'Hello {{ value }}' })).toMatchObject([{ path: 'body' }]);
    expect(problems({ body: '{ "a": {{ parameters.none }} }' })).toMatchObject([{ code: 'UNKNOWN_PARAMETER' }]);
    expect(problems({ method: 'GET', body: '{}' })).toMatchObject([{ path: 'body' }]);
  });

  it('says what it sends where, for the tenant to decide', () => {
    const config = asked({ url: 'https://agent.example.com/{{ value.id }}', body: '{ "a": {{ nodes.ask.answer }} }' });
    expect(aiHttp.leaves?.(config)).toEqual([
      { path: 'url', url: 'https://agent.example.com/x', method: 'POST', carries: ['value.id', 'nodes.ask.answer'] },
    ]);
  });

  it('shows no more of an address than its host', () => {
    expect(aiHttp.summary({ method: 'GET', url: 'https://agent.example.com/secret/{{ value }}' })).toBe(
      'GET agent.example.com',
    );
  });
});
