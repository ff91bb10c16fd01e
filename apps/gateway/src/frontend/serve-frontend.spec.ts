import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway, TestGateway } from '../testing/test-gateway';

const PAGE =
  '<!doctype html><html><head><title>t</title></head><body><style nonce="__CSP_NONCE__"></style></body></html>';

describe('The gateway serves the built frontend', () => {
  let gateway: TestGateway;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'snowflow-frontend-'));
    await mkdir(join(directory, 'assets'));
    await writeFile(join(directory, 'index.html'), PAGE);
    await writeFile(join(directory, 'assets', 'app-abc123.js'), 'void 0;');
    gateway = await startGateway({ FRONTEND_DIR: directory });
  });
  afterAll(async () => {
    await gateway.stop();
    await rm(directory, { recursive: true });
  });

  const get = (path: string, accept = 'text/html,*/*') => fetch(gateway.url + path, { headers: { accept } });

  it('as one page for every address, with a fresh nonce in the page and in its policy', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/index.html', '/workflows/wf_1', '/login']) {
      const response = await get(path);
      const html = await response.text();
      const policy = response.headers.get('content-security-policy') ?? '';
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      expect(html).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
      expect(html).toContain(`<style nonce="${nonce}">`);
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(4);
  });

  it('with hashed files that browsers keep', async () => {
    const response = await get('/assets/app-abc123.js', '*/*');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await response.text()).toBe('void 0;');
  });

  it('but not what is not there, nor what lies outside', async () => {
    for (const path of [
      '/assets/missing.js',
      '/api/v1/nothing',
      '/health/nothing',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/x.js',
    ]) {
      const response = await get(path);
      expect([403, 404]).toContain(response.status);
      expect(response.headers.get('content-type')).toMatch(/problem\+json/);
    }
  });

  it('and the API document, its page and health', async () => {
    const document = (await (await get('/api/v1/openapi.json')).json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toContain('/api/v1/workflows/run');
    const docs = await get('/api/v1/docs');
    expect(docs.status).toBe(200);
    expect(docs.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(await docs.text()).not.toMatch(/<script>[^<]/);
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(200);
  });
});
