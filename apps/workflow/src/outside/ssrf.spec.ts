import dns from 'node:dns';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { AgentServer } from '@snowflow/testing/agent-server';
import { Egress } from './egress';
import { httpAttempt } from './http-attempt';
import { WayOut } from './way-out';

/** Whatever is written, resolved or answered: nobody is led to an address inside. */
describe('Addresses that lead inside', () => {
  const listeners: Server[] = [];
  let port: number;
  let connections = 0;

  beforeAll(async () => {
    const listen = async (host: string, at: number) => {
      const server = createServer((socket) => {
        connections += 1;
        socket.destroy();
      });
      server.listen(at, host);
      await once(server, 'listening');
      listeners.push(server);
      return (server.address() as AddressInfo).port;
    };
    port = await listen('127.0.0.1', 0);
    await listen('::1', port).catch(() => undefined);
  });
  beforeEach(() => (connections = 0));
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => listeners.forEach((server) => server.close()));

  /** Even where operator and tenant have listed the very host, though not as private. */
  const ask = (text: string, listed?: string[], privateHosts: string[] = []) => {
    const url = new URL(text);
    const hosts = listed ?? [url.hostname];
    const way = new WayOut(new Egress({ egressHosts: hosts, privateHosts }), {
      origin: url.origin,
      hosts: hosts.map((host) => ({ host, dataAllowed: true })),
      carries: undefined,
      credential: undefined,
      maxBytes: 1_000,
      signal: AbortSignal.timeout(5_000),
    });
    return httpAttempt({ method: 'GET', url: text, headers: {}, timeoutMs: 5_000 }, way);
  };
  const refused = { state: 'refused', error: { code: 'EGRESS_REFUSED' } };
  /** What names resolve to here, one answer after the other. */
  const resolveTo = (...answers: string[]) => {
    const lookup = (_name: string, _options: object, callback: (error: null, found: object[]) => void) => {
      const address = (answers.length > 1 ? answers.shift() : answers[0]) ?? '';
      callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
    };
    return jest.spyOn(dns, 'lookup').mockImplementation(lookup as typeof dns.lookup);
  };

  it.each([
    '127.0.0.1',
    '127.1',
    '0.0.0.0',
    '0',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.0.1',
    '100.64.0.1',
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '[ff02::1]',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '１２７.0.0.1',
  ])('%s is refused, though it is listed', async (host) => {
    expect(await ask(`https://${host}:${port}/`)).toMatchObject(refused);
    expect(connections).toBe(0);
  });

  it.each([
    ['localhost', '127.0.0.1'],
    ['localhost.', '127.0.0.1'],
    ['agent.example.com', '127.0.0.1'],
    ['agent.example.com', '::1'],
    ['agent.example.com', '::ffff:127.0.0.1'],
    ['metadata.google.internal', '169.254.169.254'],
    ['127.0.0.1.nip.io', '127.0.0.1'],
    ['äpfel.example.com', '10.0.0.1'],
  ])('%s that resolves to %s is refused, though it is listed', async (host, address) => {
    resolveTo(address);
    expect(await ask(`https://${host}:${port}/`)).toMatchObject(refused);
    expect(connections).toBe(0);
  });

  it('a name that resolves to another address the second time is connected to none but what was looked at', async () => {
    // 192.0.2.1 would be refused too; a public one is never answered by this machine.
    const lookup = resolveTo('127.0.0.1', '8.8.8.8', '127.0.0.1');
    expect(await ask(`https://rebind.example.com:${port}/`)).toMatchObject(refused);
    expect(lookup).toHaveBeenCalledTimes(1);
    expect(connections).toBe(0);
  });

  it('a name with a public and a private address is never connected to the private one', async () => {
    const lookup = (_name: string, _options: object, callback: (error: null, found: object[]) => void) =>
      callback(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '::1', family: 6 },
        { address: '10.0.0.1', family: 4 },
      ]);
    jest.spyOn(dns, 'lookup').mockImplementation(lookup as typeof dns.lookup);
    expect(await ask(`https://both.example.com:${port}/`)).toMatchObject(refused);
    expect(connections).toBe(0);
  });

  it.each([
    ['a user name before the host', `https://agent.example.com@127.0.0.1/`],
    ['a password', `https://ann:secret@agent.example.com/`],
    ['a backslash', `https://agent.example.com\\@evil.example.com/`.replace('\\', '%5C')],
    ['a trailing dot', `https://agent.example.com./`],
    ['a host that only ends alike', `https://evilagent.example.com/`],
    ['a host that only begins alike', `https://agent.example.com.evil.test/`],
    ['another scheme', `ftp://agent.example.com/`],
    ['plain http', `http://agent.example.com/`],
    ['letters that look alike', `https://аgent.example.com/`],
  ])('with %s an address is not the one that is listed', async (_what, url) => {
    const lookup = resolveTo('127.0.0.1');
    if (URL.canParse(url)) expect(await ask(url, ['agent.example.com'])).toMatchObject(refused);
    expect([lookup.mock.calls.length, connections]).toEqual([0, 0]);
  });

  it('a redirect leads to no other host, port or scheme, not even from a host that is listed as private', async () => {
    const agent = await AgentServer.start();
    const away = ['', 'x', '@'].map((user) => `http://${user === '' ? '' : `${user}:x@`}127.0.0.1:${port}/`);
    for (const location of [
      ...away,
      `https://127.0.0.1:${port}/`,
      'http://169.254.169.254/',
      `//localhost:${port}/`,
      'gopher://127.0.0.1:1/',
      'file:///etc/passwd',
      'data:text/plain,x',
    ]) {
      agent.answers.push({ status: 302, headers: { location } });
      expect(await ask(agent.url('/'), ['127.0.0.1'], ['127.0.0.1'])).toMatchObject({
        state: 'failed',
        error: { code: 'OUTSIDE_FAILED' },
      });
    }
    await agent.stop();
    expect(connections).toBe(0);
  });
});
