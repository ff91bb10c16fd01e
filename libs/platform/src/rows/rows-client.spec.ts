import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { RowsClient } from './rows-client';

const SIGN_OF_LIFE_MS = 400;

describe('Rows from several replicas', () => {
  const silent = new Set<Socket>();
  const gone = createSocketServer((socket) => void silent.add(socket));
  const slow = createServer(async (request, response) => {
    if (request.method === 'POST') await delay(4 * SIGN_OF_LIFE_MS);
    response.end('rows');
  });
  const busy = createServer((request, response) => {
    if (request.method !== 'POST') return;
    setTimeout(() => response.write('ro'), 1.5 * SIGN_OF_LIFE_MS);
    setTimeout(() => response.end('ws'), 4 * SIGN_OF_LIFE_MS);
  });
  const originOf = (server: Pick<Server, 'address'>) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  beforeAll(async () => {
    gone.listen(0, '127.0.0.1');
    slow.listen(0, '127.0.0.1');
    busy.listen(0, '127.0.0.1');
    await Promise.all([gone, slow, busy].map((server) => once(server, 'listening')));
  });
  afterAll(() => {
    for (const socket of silent) socket.destroy();
    gone.close();
    slow.closeAllConnections();
    slow.close();
    busy.closeAllConnections();
    busy.close();
  });

  const read = async (...origins: string[]) => {
    const response = await new RowsClient(origins, SIGN_OF_LIFE_MS).open('handle', 'c', new AbortController());
    return response.text();
  };

  it('are waited for where one takes long over them and is there', async () => {
    expect(await read(originOf(slow))).toBe('rows');
  });

  it('are read to their end once they flow, whatever a question from before comes to', async () => {
    expect(await read(originOf(busy))).toBe('rows');
  });

  it('come from the next where one has fallen silent, and are refused where there is none', async () => {
    expect(await read(originOf(gone), originOf(slow))).toBe('rows');
    await expect(read(originOf(gone))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
