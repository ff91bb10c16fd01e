import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { eventually } from '@snowflow/testing/eventually';
import { startGateway, TestGateway } from './testing/test-gateway';

const PATIENCE = { HEADERS_TIMEOUT_MS: '150', REQUEST_TIMEOUT_MS: '300', CONNECTIONS_AT_ONCE: '4' };

describe('A gateway whose clients are slow', () => {
  let gateway: TestGateway;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    gateway = await startGateway(PATIENCE);
  });
  afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));
  afterAll(() => gateway?.stop());

  /** Says a piece of a request, and what comes back until the other side ends it. */
  async function told(piece: string): Promise<string> {
    const socket = open();
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.write(piece);
    await once(socket, 'close');
    return text;
  }

  function open(allowHalfOpen = false): Socket {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen });
    // One that is refused may be reset.
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket;
  }

  it.each([
    ['headers', 'GET /api/v1/workflows HTTP/1.1\r\nHost: a\r\nX-Slow: '],
    [
      'a body',
      'POST /api/v1/auth/connect HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"a',
    ],
  ])('ends a request whose %s do not arrive, with a problem and the headers of every answer', async (_what, piece) => {
    const answer = await told(piece);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"REQUEST_TIMEOUT"');
    for (const header of ['content-security-policy', 'x-content-type-options', 'x-correlation-id']) {
      expect(answer).toContain(`${header}: `);
    }
  });

  it.each([
    ['late', 'GET / HTTP/1.1\r\nX-Slow: ', 408],
    ['wrong', 'no HTTP\r\n\r\n', 400],
  ])('keeps no connection of a client that is %s and does not close its own half', async (_what, piece, status) => {
    const socket = open(true);
    const [answer] = await Promise.all([once(socket, 'data'), socket.write(piece)]);
    expect(String(answer)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    await eventually(async () => (await connections()) === 0);
    expect(socket.destroyed).toBe(false);
  });

  const connections = () =>
    new Promise<number>((resolve) =>
      gateway.app.getHttpServer().getConnections((_error: unknown, count: number) => resolve(count)),
    );

  it('answers others while some hold their connections', async () => {
    const slow = [open(), open()];
    for (const socket of slow) socket.write('GET / HTTP/1.1\r\n');
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
  });

  it('takes no more connections than it may, and takes them again when some have ended', async () => {
    const held = Array.from({ length: 4 }, () => open());
    await Promise.all(held.map((socket) => once(socket, 'connect')));
    const refused = open();
    await once(refused, 'close');
    expect(refused.bytesRead).toBe(0);
    for (const socket of held) socket.destroy();
    await Promise.all(held.map((socket) => socket.closed || once(socket, 'close')));
    const response = await fetch(`${gateway.url}/health/live`, { headers: { connection: 'close' } });
    expect(response.status).toBe(200);
  });
});
