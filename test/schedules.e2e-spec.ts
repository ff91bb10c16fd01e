import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient } from './support/api-client';
import { accessTokenOf } from './support/direct-sql';
import { sixInARow } from './support/document-builder';

interface Instant {
  instant: string;
  state: string;
  runId: string | null;
  outcome: string | null;
}

describe('A schedule', () => {
  let stack: Stack;
  let api: ApiClient;
  let request: Record<string, unknown>;

  beforeAll(async () => {
    stack = await startStack({ copies: 2, env: { SCHEDULE_LEAST_SECONDS: '1' } });
    api = new ApiClient(stack.gatewayUrl);
    const { role, warehouse } = await api.connect('demo');
    const saved = await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition: sixInARow() } });
    const workflowId = saved.body.id;
    const revisionHash = (await api.call<{ hash: string }>('GET', `/workflows/${workflowId}/revisions/1`)).body.hash;
    const secret = await accessTokenOf(stack.warehouseUrl, 'demo');
    const stored = await api.call<{ id: string }>('POST', '/credentials', {
      body: { name: 'Robot', kind: 'pat', secret },
    });
    const bindings = `/credentials/${stored.body.id}/bindings`;
    const proposed = await api.call<{ bindings: { id: string }[] }>('POST', bindings, {
      body: { workflowId, revisionHash, role, warehouse },
    });
    await api.call('POST', `${bindings}/${proposed.body.bindings[0]?.id}/approve`);
    request = { workflowId, revision: 1, credentialId: stored.body.id, role, warehouse, overlap: 'queue' };
  }, 120_000);
  afterAll(() => stack?.stop(), 60_000);

  it('runs each of its instants once as a stored credential, with two workers and two services', async () => {
    const made = await api.call<{ id: string; nextTimes: string[] }>('POST', '/schedules', {
      body: { ...request, every: '2s' },
    });
    expect(made).toMatchObject({ status: 201, body: { nextTimes: { length: 5 } } });
    const { id, nextTimes } = made.body;
    let ended: Instant[] = [];
    for (const giveUpAt = Date.now() + 30_000; ended.length < 3 && Date.now() < giveUpAt; await delay(300)) {
      const { items } = (await api.call<{ items: Instant[] }>('GET', `/schedules/${id}/runs`)).body;
      ended = items.filter(({ outcome }) => outcome === 'succeeded');
    }
    await api.call('PATCH', `/schedules/${id}`, { body: { enabled: false } });
    expect(ended.map(({ instant }) => instant)).toEqual(expect.arrayContaining(nextTimes.slice(0, 2)));
    const items = await eventually(async () => {
      const listed = await api.call<{ items: Instant[] }>('GET', `/schedules/${id}/runs`);
      // One that was due as the schedule was paused is skipped, or gets its run.
      return listed.body.items.every(({ state }) => state !== 'due') && listed.body.items;
    });
    expect(new Set(items.map(({ instant }) => instant)).size).toBe(items.length);
    const started = items.flatMap(({ runId }) => runId ?? []);
    expect(new Set(started).size).toBe(started.length);
    const runs = await api.call<{ items: { id: string }[] }>('GET', `/runs?workflowId=${String(request.workflowId)}`);
    expect(runs.body.items.map((run) => run.id).filter((run) => !started.includes(run))).toEqual([]);
  }, 60_000);

  it.each([
    [{ cron: '0 0 31 2 *' }, 'cron'],
    [{ cron: 'every day' }, 'cron'],
    [{ every: '1h', timezone: 'Mars/Olympus' }, 'timezone'],
    [{ every: '1h', role: 'NOBODY' }, 'credentialId'],
  ])('%j is refused at its field', async (change, path) => {
    const reply = await api.call('POST', '/schedules', { body: { ...request, ...change } });
    expect(reply).toMatchObject({ status: 422, body: { code: 'VALIDATION', errors: [{ path }] } });
  });
});
