import { randomUUID } from 'node:crypto';
import { eventually } from '@snowflow/testing/eventually';
import { startStack, Stack } from '@snowflow/testing/stack';
import { ApiClient, ApiReply, Run } from './support/api-client';
import { directSql } from './support/direct-sql';
import { DocumentBuilder, sixInARow } from './support/document-builder';
import { workerOf } from './support/lease-holder';
import { slowSelect } from './support/slow-statement';

/** An accepted POST has an answer below 500; what was not answered is asked again under the same key, as API.md tells clients to. */
async function insist<Body>(
  call: (attempt: number) => Promise<ApiReply<Body>>,
  deadlineMs = 45_000,
): Promise<ApiReply<Body>> {
  const giveUpAt = Date.now() + deadlineMs;
  for (let attempt = 0; ; attempt++) {
    const reply = await call(attempt).catch(() => undefined);
    if (reply && reply.status < 500) return reply;
    if (Date.now() > giveUpAt)
      throw new Error(`No answer in ${deadlineMs} ms; the last one was ${JSON.stringify(reply?.body)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('Two replicas of everything', () => {
  let stack: Stack;
  let api: ApiClient;
  /** One for each gateway; a load balancer would choose between them. */
  let gateways: ApiClient[];

  beforeAll(async () => {
    stack = await startStack({ replicas: 2, env: { THROTTLE_REQUESTS_PER_MINUTE: '100000' } });
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    gateways = stack.gatewayUrls.map((url) => new ApiClient(url));
    await Promise.all(gateways.map((gateway) => gateway.connect('demo')));
  }, 180_000);
  afterAll(() => stack?.stop(), 60_000);

  let turn = 0;
  const balanced = (first: number, attempt: number) => gateways[(first + attempt) % gateways.length] as ApiClient;
  const keyed = <Body>(path: string, body: object) => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = turn++;
    return insist((attempt) => balanced(first, attempt).call<Body>('POST', path, { body, headers }));
  };
  const start = async (definition: object) => {
    const reply = await keyed<{ runId: string }>('/workflows/run', { definition });
    expect(reply.status).toBe(202);
    return reply.body.runId;
  };
  const ended = async (runId: string): Promise<Run> => {
    const giveUpAt = Date.now() + 60_000;
    for (;;) {
      const { body } = await insist((attempt) => balanced(0, attempt).call<Run>('GET', `/runs/${runId}`));
      if (['succeeded', 'failed', 'cancelled'].includes(body.status)) return body;
      if (Date.now() > giveUpAt) throw new Error(`Run ${runId} is still ${body.status}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  it('apply 200 requests 200 times', async () => {
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        keyed<{ id: string }>('/workflows/save', { definition: sixInARow(`Applied once ${index}`) }),
      ),
    );
    expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([201]));

    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const page: ApiReply<{ items: { name: string }[]; nextCursor: string | null }> = await api.call(
        'GET',
        `/workflows?limit=200&search=Applied%20once${query}`,
      );
      names.push(...page.body.items.map((item) => item.name));
      cursor = page.body.nextCursor;
    } while (cursor);
    expect(names.sort()).toEqual(Array.from({ length: 200 }, (_, index) => `Applied once ${index}`).sort());
  });

  it.each(['gateway', 'auth', 'catalog', 'workflow', 'connection-manager', 'worker'])(
    'lose no accepted request and no run when a replica of %s is killed under load',
    async (app) => {
      const started = Array.from({ length: 24 }, async (_, index) => {
        if (index === 8) await stack.kill(app, 0, 'SIGKILL');
        return start(sixInARow(`During the loss of ${app}`));
      });
      const runs = await Promise.all((await Promise.all(started)).map(ended));
      expect(runs.map((run) => run.status)).toEqual(runs.map(() => 'succeeded'));
      await stack.ensureReplicas();
    },
    120_000,
  );

  it('finish a run on the other worker without repeating its finished step', async () => {
    const definition = new DocumentBuilder('Killed in a step')
      .tpch('nations', 'NATION')
      .node('many', 'logic.condition', { expression: 'ROW_COUNT > 10' }, 'nations')
      .node('slow', 'source.sql', { sql: slowSelect(4) })
      .node('both', 'shape.join', { how: 'cross', on: [] }, { left: 'many.true', right: 'slow' })
      .node('result', 'output.result', { name: 'Both', view: 'table' }, 'both')
      .build();
    const runId = await start(definition);
    await until(async () => {
      const { body } = await api.call<Run>('GET', `/runs/${runId}`);
      return body.nodes.many?.status === 'succeeded' && body.nodes.result?.status === 'running';
    });
    const before = (await api.call<Run>('GET', `/runs/${runId}`)).body;

    await stack.kill('worker', await workerOf(stack, runId), 'SIGKILL');
    const run = await ended(runId);

    expect(run.status).toBe('succeeded');
    expect(run.nodes.many).toEqual(before.nodes.many);
    expect(run.nodes.result?.rowCount).toBe(25);
    await stack.ensureReplicas();
  }, 120_000);

  it('write a table once although the worker dies in the write', async () => {
    await directSql(stack.warehouseUrl, 'CREATE TABLE DEMO.PUBLIC.WRITTEN_ONCE (TOTAL NUMBER(38,0))');
    const definition = new DocumentBuilder('Killed in a write')
      .node('slow', 'source.sql', { sql: slowSelect(4) })
      .node(
        'write',
        'output.table',
        { database: 'DEMO', schema: 'PUBLIC', table: 'WRITTEN_ONCE', mode: 'append' },
        'slow',
      )
      .build();
    const runId = await start(definition);
    await until(async () => (await api.call<Run>('GET', `/runs/${runId}`)).body.nodes.write?.status === 'running');
    await stack.kill('worker', await workerOf(stack, runId), 'SIGKILL');

    expect(await ended(runId)).toMatchObject({ status: 'succeeded' });
    expect(await directSql(stack.warehouseUrl, 'SELECT COUNT(*) FROM DEMO.PUBLIC.WRITTEN_ONCE')).toEqual([['1']]);
    await stack.ensureReplicas();
  }, 120_000);

  it('cancel reaches the statement within five seconds', async () => {
    const definition = new DocumentBuilder('Cancelled')
      .node('slow', 'source.sql', { sql: slowSelect(60) })
      .node('result', 'output.result', { name: 'Never', view: 'table' }, 'slow')
      .build();
    const runId = await start(definition);
    await until(async () => (await api.call<Run>('GET', `/runs/${runId}`)).body.nodes.result?.queryId !== undefined);
    const { queryId } = (await api.call<Run>('GET', `/runs/${runId}`)).body.nodes.result ?? {};
    const startedAt = Date.now();
    expect((await api.call('POST', `/runs/${runId}/cancel`)).status).toBeLessThan(300);
    expect(await ended(runId)).toMatchObject({ status: 'cancelled' });
    expect(Date.now() - startedAt).toBeLessThan(5000);
    const history = `SELECT EXECUTION_STATUS FROM TABLE(DEMO.INFORMATION_SCHEMA.QUERY_HISTORY_BY_USER()) WHERE QUERY_ID = '${queryId}'`;
    // The warehouse says that it aborts a statement a little before the statement has ended.
    await eventually(
      async () =>
        expect(await directSql(stack.warehouseUrl, history)).toEqual([[expect.stringMatching(/FAIL|CANCEL/)]]),
      startedAt + 5000 - Date.now(),
    );
  }, 60_000);
});

async function until(condition: () => Promise<boolean>, deadlineMs = 30_000): Promise<void> {
  const giveUpAt = Date.now() + deadlineMs;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error('The condition did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
