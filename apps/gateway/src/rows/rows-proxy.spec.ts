import { AppError } from '@snowflow/contracts/errors/app-error';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startGateway, TestGateway } from '../testing/test-gateway';

const RESULT = '/api/v1/runs/run_0123456789abcdef012345/nodes/n1/result';

describe('Rows through the gateway', () => {
  let gateway: TestGateway;
  let manager: Server;
  let headers: Record<string, string>;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let written: number;

  beforeAll(async () => {
    manager = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => manager.listen(0, '127.0.0.1', resolve));
    const { port } = manager.address() as AddressInfo;
    gateway = await startGateway({ CONNECTIONS_ROWS_URLS: `http://127.0.0.1:1,http://127.0.0.1:${port}` });
    ({ headers } = await gateway.signIn());
    gateway.workflow.answers.result = ({ nodeId, format }) => {
      if (nodeId === 'inner') throw new AppError('NO_OWN_RESULT', 'Look at n1.', { extensions: { nodeId: 'n1' } });
      return Promise.resolve({ handle: `sealed-${format}` });
    };
  });
  afterAll(async () => {
    await gateway.stop();
    manager.closeAllConnections();
    await new Promise((resolve) => manager.close(resolve));
  });

  const get = (path: string, signal?: AbortSignal) => fetch(gateway.url + path, { headers, signal });

  it('are asked for with the sealed handle, at a replica that answers', async () => {
    const page = { columns: [], rows: [['1']], rowCount: 1, nextCursor: null };
    const seen: (string | undefined)[][] = [];
    answer = (request, response) => {
      seen.push([request.method, request.url, request.headers['x-rows-handle'] as string]);
      response.setHeader('content-type', 'application/json').end(JSON.stringify(page));
    };
    for (let i = 0; i < 4; i += 1) {
      const response = await get(RESULT);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual(page);
    }
    expect(new Set(seen.map((call) => call.join(' ')))).toEqual(new Set(['POST /internal/rows sealed-page']));
  });

  it('stream as CSV and NDJSON, named for the browser', async () => {
    answer = (request, response) => response.end(`${String(request.headers['x-rows-handle'])}\n`);
    const csv = await get(`${RESULT}.csv`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="run_0123456789abcdef012345-n1.csv"');
    expect(await csv.text()).toBe('sealed-csv\n');
    const ndjson = await get(`${RESULT}.ndjson`);
    expect(ndjson.headers.get('content-type')).toBe('application/x-ndjson');
    expect(await ndjson.text()).toBe('sealed-ndjson\n');
  });

  it('are read no faster than the client takes them, and no longer once it has gone', async () => {
    written = 0;
    let ended = false;
    answer = (_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x');
      const more = () => {
        while (!ended && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', more).on('close', () => (ended = true));
      more();
    };
    const leaving = new AbortController();
    const response = await get(`${RESULT}.csv`, leaving.signal);
    await response.body?.getReader().read();
    let before = -1;
    while (before !== written) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(written).toBeLessThan(32 * 1024 * 1024);
    leaving.abort();
    while (!ended) await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('that end half-way end the answer with an error, never as if whole', async () => {
    answer = (_request, response) => {
      response.write('a,b\n1,2\n');
      setTimeout(() => response.destroy(), 50);
    };
    const response = await get(`${RESULT}.csv`);
    await expect(response.text()).rejects.toThrow(/terminated|aborted|closed/);
  });

  it('are refused in the words of who refuses', async () => {
    answer = (_request, response) => {
      response.writeHead(410, { 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'RESULT_EXPIRED', detail: 'Run it again.', status: 410 }));
    };
    const expired = await get(RESULT);
    expect(expired.status).toBe(410);
    expect(await expired.json()).toMatchObject({ code: 'RESULT_EXPIRED', detail: 'Run it again.' });
    const inner = await get(RESULT.replace('n1', 'inner'));
    expect(inner.status).toBe(409);
    expect(await inner.json()).toMatchObject({ code: 'NO_OWN_RESULT', nodeId: 'n1' });
    answer = (_request, response) => response.writeHead(500).end('stack at secret');
    const broken = await get(RESULT);
    expect(broken.status).toBe(500);
    expect(await broken.text()).not.toContain('secret');
  });
});
