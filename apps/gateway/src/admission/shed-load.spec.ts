import { connect } from 'node:net';
import { eventually } from '@snowflow/testing/eventually';
import { startGateway, TestGateway } from '../testing/test-gateway';
import { Admission } from './admission';

const NOTHING = { items: [], nextCursor: null };

describe('A gateway with all it can do under way', () => {
  let gateway: TestGateway;
  let headers: Record<string, string>;
  let admission: Admission;

  beforeAll(async () => {
    gateway = await startGateway({ REQUESTS_AT_ONCE: '1', REQUESTS_IN_LINE: '1', REQUEST_PATIENCE_MS: '50' });
    ({ headers } = await gateway.signIn());
    admission = gateway.app.get(Admission);
  });
  afterAll(() => gateway.stop());

  const get = (path: string, more: Record<string, string> = headers) => fetch(gateway.url + path, { headers: more });
  /** One request that is not answered until it is released. */
  const hold = async () => {
    let release = () => {};
    gateway.workflow.answers.list = () => new Promise((resolve) => (release = () => resolve(NOTHING)));
    const held = get('/api/v1/workflows');
    await eventually(() => admission.underWay === 1);
    const end = async () => {
      await eventually(() => {
        release();
        return admission.underWay === 0;
      });
      return (await held).status;
    };
    return { end };
  };

  it('refuses further ones after a short wait by 503, a stable code and a time, whoever asks', async () => {
    const held = await hold();
    const answers = await Promise.all([get('/api/v1/workflows'), get('/api/v1/auth/me', {}), get('/%61pi/v1/runs')]);
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await answer.json()).toMatchObject({ code: 'OVERLOADED', status: 503 });
    }
    expect(await held.end()).toBe(200);
  });

  it('goes on answering how it is, and pages', async () => {
    const held = await hold();
    const statuses = await Promise.all(
      ['/health/live', '/health/ready', '/.well-known/jwks.json'].map(async (path) => (await get(path)).status),
    );
    expect(statuses).toEqual([200, 200, 200]);
    expect(await held.end()).toBe(200);
  });

  it('gives a place to nobody whose body is not there yet', async () => {
    const { port, hostname } = new URL(gateway.url);
    const slow = connect(Number(port), hostname);
    slow.write(
      'POST /api/v1/workflows/save HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    );
    gateway.workflow.answers.list = () => Promise.resolve(NOTHING);
    expect((await get('/api/v1/workflows')).status).toBe(200);
    expect(admission.underWay).toBe(0);
    slow.destroy();
  });

  it('takes places back from clients that go away', async () => {
    const gone = new AbortController();
    gateway.workflow.answers.list = () => new Promise(() => undefined);
    const left = fetch(`${gateway.url}/api/v1/workflows`, { headers, signal: gone.signal }).catch(() => 'gone');
    await eventually(() => admission.underWay === 1);
    gone.abort();
    expect(await left).toBe('gone');
    await eventually(() => admission.underWay === 0);
    gateway.workflow.answers.list = () => Promise.resolve(NOTHING);
    expect((await get('/api/v1/workflows')).status).toBe(200);
  });

  it('counts nobody who waits for the end of a run', async () => {
    gateway.workflow.answers.startRun = () =>
      Promise.resolve({ runId: 'run_0123456789abcdef0123', status: 'queued', eventsUrl: '' });
    let hasLooked = false;
    gateway.workflow.answers.events = () => {
      hasLooked = true;
      return Promise.resolve({ events: [], ended: false, own: true });
    };
    const waiting = fetch(`${gateway.url}/api/v1/workflows/run`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', prefer: 'wait=1' },
      body: '{"workflowId":"wf_0123456789abcdef0123"}',
    });
    gateway.workflow.answers.list = () => Promise.resolve(NOTHING);
    await eventually(() => hasLooked && admission.underWay === 0);
    expect((await get('/api/v1/workflows')).status).toBe(200);
    expect((await waiting).status).toBe(202);
  });
});
