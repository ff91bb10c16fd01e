import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbedSubject, EmbedTokenClaims } from '@snowflow/contracts/embed/embed-token';
import { ACCESS_TOKEN_AUDIENCE } from '@snowflow/contracts/sessions/access-token';
import type { PublishedCallRequest } from '@snowflow/contracts/workflow/publication.dto';
import { startGateway, TestGateway } from '../testing/test-gateway';

const EMBED_ID = 'emb_0123456789abcdefABCDEF';
const looking: EmbedSubject = { workflowId: 'wf_1', revision: 3, view: 'canvas', publication: null, key: null };
const running: EmbedSubject = { ...looking, view: 'run', publication: { id: 'pub_1', slug: 'regions' } };
const claims = (of: EmbedSubject): Omit<EmbedTokenClaims, 'jti'> => ({
  tid: 'ten_1',
  emb: EMBED_ID,
  org: ['https://app.example.com'],
  of,
});

describe('Embedding at the gateway', () => {
  let gateway: TestGateway;
  let directory: string;
  let called: PublishedCallRequest[];
  const runId = 'run_0123456789abcdefABCDEF';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'snowflow-embed-'));
    await writeFile(join(directory, 'index.html'), '<!doctype html><html><head></head><body></body></html>');
    gateway = await startGateway({ FRONTEND_DIR: directory });
    gateway.auth.answers.embedFrame = ({ embedId }) =>
      Promise.resolve({ parents: embedId === EMBED_ID ? ['https://app.example.com', 'https://*.example.org'] : [] });
    gateway.workflow.answers.embedded = ({ of }) =>
      Promise.resolve({
        name: of.workflowId,
        description: '',
        revision: of.revision,
        parameters: [],
        definition: null,
      });
    gateway.workflow.answers.callPublished = (request) => {
      called.push(request);
      return Promise.resolve({ runId, mode: 'sync' });
    };
  });
  afterAll(async () => {
    await gateway?.stop();
    await rm(directory, { recursive: true });
  });
  beforeEach(() => {
    called = [];
  });

  const ask = (token: string, path = '/embed/workflow', init: RequestInit = {}) =>
    fetch(`${gateway.url}/api/v1${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
  const run = (of: EmbedSubject) =>
    ask(gateway.mint.embedTokenOf(claims(of)), '/embed/runs', {
      method: 'POST',
      body: JSON.stringify({ parameters: { most: 1 } }),
      headers: { 'content-type': 'application/json' },
    });

  it('lets the allowed pages frame the one page, and nobody frame any other', async () => {
    const embedded = await fetch(`${gateway.url}/embed/${EMBED_ID}?theme=dark`);
    expect(embedded.headers.get('content-security-policy')).toContain(
      'frame-ancestors https://app.example.com https://*.example.org;',
    );
    expect(embedded.headers.get('x-frame-options')).toBeNull();
    expect(await embedded.text()).toContain(
      '<meta name="embed-parents" content="https://app.example.com https://*.example.org">',
    );
    for (const path of ['/', '/embed', '/embed/emb_0000000000000000000000', `/embed/${EMBED_ID}/more`, '/workflows']) {
      const page = await fetch(gateway.url + path, { headers: { accept: 'text/html' } });
      expect([path, page.headers.get('content-security-policy')]).toEqual([
        path,
        expect.stringContaining("frame-ancestors 'none'"),
      ]);
      expect(page.headers.get('x-frame-options')).toBe('DENY');
    }
  });

  it('shows what the token names, with whose pages may show it', async () => {
    const response = await ask(gateway.mint.embedTokenOf(claims(looking)));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({
      name: 'wf_1',
      revision: 3,
      view: 'canvas',
      embedId: EMBED_ID,
      parents: ['https://app.example.com'],
    });
  });

  it('takes neither kind of token for the other, and says when one has expired', async () => {
    const { session, token } = await gateway.signIn();
    const embed = gateway.mint.embedTokenOf(claims(looking));
    expect((await ask(embed, '/workflows')).status).toBe(401);
    expect(
      (await fetch(`${gateway.url}/api/v1/workflows`, { headers: { cookie: `__Host-snowflow=${embed}` } })).status,
    ).toBe(401);
    const wrong = [
      token,
      gateway.mint.embedTokenOf(claims(looking), { audience: ACCESS_TOKEN_AUDIENCE }),
      gateway.mint.unsigned(session),
      'x',
      '',
    ];
    for (const one of wrong) {
      const response = await ask(one);
      expect(await response.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    }
    const byCookie = await fetch(`${gateway.url}/api/v1/embed/workflow`, {
      headers: { cookie: `__Host-snowflow=${embed}` },
    });
    expect(byCookie.status).toBe(401);
    const expired = await ask(gateway.mint.embedTokenOf(claims(looking), { expiresIn: -1 }));
    expect(await expired.json()).toMatchObject({ status: 401, code: 'EMBED_TOKEN_EXPIRED' });
  });

  it('runs the publication of a token for running, as the token or as the key that asked for it', async () => {
    expect((await run(looking)).status).toBe(403);
    const response = await run(running);
    expect([response.status, await response.json()]).toEqual([202, { runId, status: 'queued', code: null }]);
    const limits = {
      callsPerMinute: null,
      callsPerDay: 1,
      statementsPerDay: null,
      bytesPerDay: null,
      tokensPerDay: null,
    };
    const ofKey: EmbedSubject = { ...running, key: { id: 'key_1', name: 'Site', limits } };
    expect((await run(ofKey)).status).toBe(202);
    expect(await (await run(ofKey)).json()).toMatchObject({ code: 'KEY_LIMIT_REACHED' });
    expect(called.map(({ slug, key, durable }) => [slug, key.id, key.scope, durable])).toEqual([
      ['regions', 'et_1', { publications: ['pub_1'] }, true],
      ['regions', 'key_1', { publications: ['pub_1'] }, true],
    ]);
  });
});
