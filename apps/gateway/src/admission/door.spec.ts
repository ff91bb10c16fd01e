import { connect } from 'node:net';
import { metrics } from '@snowflow/platform/metrics/metrics';
import { eventually } from '@snowflow/testing/eventually';
import { startGateway, TestGateway } from '../testing/test-gateway';
import { Admission } from './admission';

const HEADERS = 'host: x\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n';

describe('The door of a gateway that is full', () => {
  let gateway: TestGateway;
  let release = () => {};
  let held: Promise<Response>[] = [];

  beforeAll(async () => {
    gateway = await startGateway({ REQUESTS_AT_ONCE: '1', REQUESTS_IN_LINE: '1', REQUEST_PATIENCE_MS: '60000' });
    const { headers } = await gateway.signIn();
    const answer = new Promise<{ items: []; nextCursor: null }>(
      (resolve) => (release = () => resolve({ items: [], nextCursor: null })),
    );
    gateway.workflow.answers.list = () => answer;
    held = [0, 1].map(() => fetch(`${gateway.url}/api/v1/workflows`, { headers }));
    await eventually(() => gateway.app.get(Admission).isFull());
  });
  afterAll(async () => {
    release();
    await Promise.all(held);
    await gateway.stop();
  });

  it('refuses before the body is there, over a connection that goes on', async () => {
    const { port, hostname } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (piece) => (text += String(piece)));
    socket.write(`POST /api/v1/workflows/save HTTP/1.1\r\n${HEADERS}`);
    await eventually(() => text.includes('"code":"OVERLOADED"'));
    expect(text).toMatch(/^HTTP\/1\.1 503 /);
    expect(text.toLowerCase()).toMatch(/retry-after: [123]\r\n/);
    expect(text.toLowerCase()).toContain('x-content-type-options: nosniff');
    socket.write('{}GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n');
    await eventually(() => text.includes('{"status":"ok"}'));
    socket.destroy();
  });

  it('counts them as 503 of no route', async () => {
    await fetch(`${gateway.url}/api/v1/workflows/validate`, { method: 'POST' });
    const ended = (await metrics().getSingleMetric('snowflow_http_requests_total')?.get())?.values ?? [];
    expect(ended.map(({ labels }) => labels)).toContainEqual({ method: 'POST', route: 'refused', status: '503' });
  });
});
