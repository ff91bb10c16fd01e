import { metrics } from '@snowflow/platform/metrics/metrics';
import { eventually } from '@snowflow/testing/eventually';
import { connect } from 'node:net';
import { startGateway, type TestGateway } from '../testing/test-gateway';

describe('HTTP metrics', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.stop());

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${gateway.url}${path}`, { headers });
    await response.text();
    return response.status;
  };
  /** Lines of the metric, once the gateway has counted what was answered. */
  const linesOf = async (name: string) => {
    const text = await metrics().getSingleMetricAsString(name.replace(/_count$/, ''));
    return text.split('\n').filter((line) => line.startsWith(name));
  };

  it('count requests by method, template of the address and status, and name no address that is none of ours', async () => {
    const { headers } = await gateway.signIn();
    gateway.workflow.answers.getRun = () => Promise.reject(new Error('canary-failure'));
    expect(await get('/health/live')).toBe(200);
    expect(await get('/api/v1/runs/run_01canary')).toBe(401);
    const unexpected = await get('/api/v1/runs/run_01JZZZZZZZZZZZZZZZZZZZZZZZ', headers);
    expect(await get('/api/v1/canary/deep?secret=canary')).toBe(404);
    const counted = (await linesOf('snowflow_http_requests_total')).join('\n');
    expect(counted).toContain('{method="GET",route="/health/live",status="200"} 1');
    expect(counted).toContain('{method="GET",route="/api/v1/runs/:id",status="401"} 1');
    expect(counted).toContain(`{method="GET",route="/api/v1/runs/:id",status="${unexpected}"} 1`);
    expect(counted).not.toMatch(/canary|run_01/);
    const timed = (await linesOf('snowflow_http_request_seconds_count')).join('\n');
    expect(timed).toContain('{method="GET",route="/api/v1/runs/:id"} 2');
    expect(await linesOf('snowflow_http_requests_under_way')).toEqual(['snowflow_http_requests_under_way 0']);
  });

  it('count requests whose client left before the answer or within its own body as aborted, and as under way no more', async () => {
    const { token } = await gateway.signIn();
    const { port, hostname } = new URL(gateway.url);
    const sent = (...lines: string[]) => {
      const socket = connect(Number(port), hostname);
      socket.write(lines.join('\r\n'));
      return socket;
    };
    const areUnderWay = (count: number) =>
      eventually(async () => (await linesOf('snowflow_http_requests_under_way'))[0]?.endsWith(` ${count}`));
    let release: (() => void) | undefined;
    gateway.workflow.answers.list = () =>
      new Promise((resolve) => (release = () => resolve({ items: [], nextCursor: null })));
    const left = sent('GET /api/v1/workflows HTTP/1.1', 'host: x', `authorization: Bearer ${token}`, '', '');
    await eventually(() => release !== undefined);
    left.destroy();
    await areUnderWay(0);
    release?.();
    const json = ['host: x', 'content-type: application/json', 'content-length: 9'];
    const cut = sent('POST /api/v1/auth/connect HTTP/1.1', ...json, '', '{');
    await areUnderWay(1);
    cut.destroy();
    await areUnderWay(0);
    const counted = (await linesOf('snowflow_http_requests_total')).join('\n');
    expect(counted).toContain('{method="GET",route="/api/v1/workflows",status="aborted"} 1');
    expect(counted).toContain('{method="POST",route="/api/v1/auth/connect",status="aborted"} 1');
  });
});
