import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { publicLookup } from './address-filter';
import { type EgressRule, guardedFetch } from './guarded-fetch';

const anywhere: EgressRule = { lookupFor: () => undefined };
const publicOnly: EgressRule = { lookupFor: () => publicLookup };

describe('A guarded request', () => {
  let server: Server;
  let origin: string;
  let answer: RequestListener;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  const get = (rule = anywhere, url = origin, ignoresBody = false) =>
    guardedFetch(rule, new URL(url), { signal: AbortSignal.timeout(5_000), ignoresBody });

  it('gives a redirect as it is, without following it', async () => {
    answer = (_, response) => response.writeHead(302, { location: `${origin}/elsewhere` }).end();
    expect((await get()).status).toBe(302);
  });

  it('does not read a body that nobody wants, however long', async () => {
    answer = (_, response) => {
      response.writeHead(503, { 'retry-after': '7' });
      response.on('error', () => undefined);
      response.write('x'.repeat(2_000_000));
    };
    const reply = await get(anywhere, origin, true);
    expect([reply.status, reply.headers.get('retry-after'), await reply.text()]).toEqual([503, '7', '']);
  });

  it('refuses a body that is too long', async () => {
    answer = (_, response) => response.end('x'.repeat(2_000_000));
    await expect(get()).rejects.toThrow('The answer is too long');
  });

  it('takes a status that is none for a bad gateway', async () => {
    answer = (_, response) => response.writeHead(999).end();
    expect((await get()).status).toBe(502);
  });

  it('goes to no private address, written out or by name, although another rule has a connection there', async () => {
    answer = (_, response) => response.end('ok');
    const { port } = server.address() as AddressInfo;
    await (await get(anywhere, `http://localhost:${port}`)).text();
    for (const url of [origin, `http://localhost:${port}`, `http://[::1]:${port}`, `http://2130706433:${port}`]) {
      await expect(get(publicOnly, url)).rejects.toMatchObject({ code: 'EADDRREFUSED' });
    }
  });
});
