import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Egress } from '../net/egress';
import { requireReachable } from './reachability';

const egress = new Egress();

describe('dialling an account', () => {
  it('says within three seconds that a name does not resolve, and what to check', async () => {
    const startedAtMs = Date.now();
    const endpoint = { account: 'no-such', origin: 'https://no-such.snowflakecomputing.invalid' };
    await expect(requireReachable(endpoint, egress)).rejects.toMatchObject({
      code: 'SNOWFLAKE_UNREACHABLE',
      message: expect.stringContaining('Check the account name') as string,
      details: { extensions: { reason: 'ACCOUNT_UNKNOWN' } },
    });
    expect(Date.now() - startedAtMs).toBeLessThan(3_000);
  });

  it('gives up on an address that swallows packets', async () => {
    const startedAtMs = Date.now();
    await expect(requireReachable({ account: 'a', origin: 'https://192.0.2.1' }, egress, 300)).rejects.toMatchObject({
      code: 'SNOWFLAKE_UNREACHABLE',
      details: { extensions: { reason: 'NO_CONNECTION' } },
    });
    expect(Date.now() - startedAtMs).toBeLessThan(1_500);
  });

  it('is content with who answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const origin = `http://127.0.0.1:${port}`;
    await requireReachable({ account: 'demo', origin }, new Egress({ demoOrigin: origin }));
    server.close();
  });

  it('connects to no private address that a name resolves to, unless the operator named the very origin', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const origin = `https://localhost:${port}`;
    await expect(requireReachable({ account: 'a', origin }, egress)).rejects.toMatchObject({
      code: 'SNOWFLAKE_UNREACHABLE',
      cause: { code: 'EADDRREFUSED' },
    });
    await requireReachable({ account: 'a', origin }, new Egress({ privateIssuers: [origin] }));
    server.close();
  });
});
