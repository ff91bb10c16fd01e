import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { requireReachable } from './reachability';

describe('dialling an account', () => {
  it('says within three seconds that a name does not resolve, and what to check', async () => {
    const startedAtMs = Date.now();
    const endpoint = { account: 'no-such', origin: 'https://no-such.snowflakecomputing.invalid' };
    await expect(requireReachable(endpoint)).rejects.toMatchObject({
      code: 'SNOWFLAKE_UNREACHABLE',
      message: expect.stringContaining('Check the account name') as string,
    });
    expect(Date.now() - startedAtMs).toBeLessThan(3_000);
  });

  it('gives up on an address that swallows packets', async () => {
    const startedAtMs = Date.now();
    await expect(requireReachable({ account: 'a', origin: 'https://192.0.2.1' }, 300)).rejects.toMatchObject({
      code: 'SNOWFLAKE_UNREACHABLE',
    });
    expect(Date.now() - startedAtMs).toBeLessThan(1_500);
  });

  it('is content with who answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await requireReachable({ account: 'demo', origin: `http://127.0.0.1:${port}` });
    server.close();
  });
});
