import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ROWS_HANDLE_HEADER, ROWS_HANDLE_PURPOSE } from '@snowflow/contracts/rows/rows-handle';
import { RowsClient } from '@snowflow/platform/rows/rows-client';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import type { RunRow } from '../runs/runs.repository';
import { HttpResultRows } from './http.result-rows';

describe('The rows that a step goes through', () => {
  const sealer = new KeyRing(`k1:${randomBytes(32).toString('base64')}`);
  const context = { role: 'R', secondaryRoles: 'NONE' as const, warehouse: 'W', database: null, schema: null };
  const run = { tenant_id: 'ten', session_id: 'ses', owner_id: 'usr', correlation_id: 'cor', context } as RunRow;
  let server: Server;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let rows: HttpResultRows;

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    rows = new HttpResultRows(new RowsClient([`http://127.0.0.1:${port}`]), sealer);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const read = (signal = new AbortController().signal) => rows.first(run, 'q1', 50, signal);
  const result = { columns: [{ name: 'A' }, { name: 'B' }], rows: [['1', null]] };
  const page = JSON.stringify({ ...result, rowCount: 1, nextCursor: null });

  it('are asked for by a handle of the run’s person and context, and come with their columns', async () => {
    let handle = '';
    answer = (request, response) => {
      handle = String(request.headers[ROWS_HANDLE_HEADER]);
      response.end(page);
    };
    expect(await read()).toEqual(result);
    expect(JSON.parse(sealer.open(handle, ROWS_HANDLE_PURPOSE))).toMatchObject({
      tenantId: 'ten',
      sessionId: 'ses',
      userId: 'usr',
      context,
      source: { queryId: 'q1' },
      format: 'page',
      limit: 50,
    });
  });

  it('are asked for again where nobody answers or the answer is cut off, and not where they are refused', async () => {
    let times = 0;
    answer = (_request, response) => {
      times += 1;
      if (times === 1) response.writeHead(503).end(JSON.stringify({ code: 'OVERLOADED', detail: 'Busy.' }));
      else if (times === 2) {
        response.writeHead(200, { 'content-length': '1000' }).write('{', () => response.destroy());
      } else response.end(page);
    };
    expect(await read()).toEqual(result);
    expect(times).toBe(3);
    answer = (_request, response) =>
      response.writeHead(410).end(JSON.stringify({ code: 'RESULT_EXPIRED', detail: 'It is gone.' }));
    await expect(read()).rejects.toMatchObject({ code: 'RESULT_EXPIRED', message: 'It is gone.' });
  });

  it('are refused where they would fill the memory', async () => {
    answer = (_request, response) => {
      const piece = 'x'.repeat(1_048_576);
      const write = () => void (response.destroyed || response.write(piece, write));
      response.writeHead(200);
      write();
    };
    await expect(read()).rejects.toMatchObject({ code: 'LOOP_TOO_LARGE' });
  });

  it('are not waited for any more when the run is cancelled', async () => {
    const cancel = new AbortController();
    answer = () => cancel.abort(new Error('cancelled'));
    await expect(read(cancel.signal)).rejects.toThrow('aborted');
  });
});
