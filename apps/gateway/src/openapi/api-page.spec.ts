import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CODES } from '@snowflow/contracts/errors/error-codes';
import { startGateway, TestGateway } from '../testing/test-gateway';
import { API_PREFIX, apiDocument } from './api-document';

/** Routes that are not for clients of the API, and so not in the OpenAPI document. */
const BESIDE = [
  'GET /auth/oauth/callback',
  'GET /health/live',
  'GET /health/ready',
  'GET /.well-known/jwks.json',
] as const;

describe('docs/API.md', () => {
  const page = readFileSync(join(__dirname, '../../../../docs/API.md'), 'utf8');
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(async () => {
    await gateway.stop();
  });

  it('names every route of the gateway, and no other', () => {
    const routes = Object.entries(apiDocument(gateway.app).paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(`/${API_PREFIX}`, '')}`),
    );
    const list = page.slice(page.indexOf('## Every endpoint'), page.indexOf('## Errors'));
    const named = [...list.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`/g)].map(([, route]) => route ?? '');
    expect(named.toSorted()).toEqual([...routes, ...BESIDE].toSorted());
  });

  it('names the routes beside the document as they answer', async () => {
    const statuses = BESIDE.map(async (route) => {
      const path = route.slice('GET '.length);
      const prefix = path.startsWith('/auth') ? `/${API_PREFIX}` : '';
      return (await fetch(`${gateway.url}${prefix}${path}`, { redirect: 'manual' })).status;
    });
    expect(await Promise.all(statuses)).toEqual([302, 200, 200, 200]);
  });

  it('names every error code under its status, and no other', () => {
    const rows = [...page.slice(page.indexOf('## Errors')).matchAll(/^\| (\d{3}) +\| (.*) \|$/gm)];
    const named = rows.flatMap(([, status, codes]) =>
      [...(codes ?? '').matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, code]) => `${status} ${code}`),
    );
    const codes = Object.entries(ERROR_CODES).map(([code, { status }]) => `${status} ${code}`);
    expect(named.toSorted()).toEqual(codes.toSorted());
  });
});
