import { trace } from '@opentelemetry/api';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startTracing } from './start-tracing';

describe('Spans that are left at a stop', () => {
  const unanswered: ServerResponse[] = [];
  const silent = createServer((_request, response) => void unanswered.push(response));

  beforeAll(async () => {
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
  });
  afterAll(async () => {
    for (const response of unanswered) response.setHeader('connection', 'close').end();
    silent.close();
    await once(silent, 'close');
  });

  it('hold it up for a moment only where the collector does not answer', async () => {
    const { port } = silent.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/v1/traces`;
    const end = await startTracing('spec', { url, headers: {}, sampledPercent: 100 });
    trace.getTracer('spec').startSpan('one').end();
    const begin = Date.now();
    await end();
    expect(Date.now() - begin).toBeLessThan(3_000);
    expect(unanswered).toHaveLength(1);
  });
});
