import { runChannel, runEndedChannel } from '@snowflow/contracts/runs/run-channel';
import { spokenBinding, spokenChannel } from '@snowflow/contracts/runs/spoken-text';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { RunEvent, RunView } from '@snowflow/contracts/workflow/workflow.dto';
import { currentContext } from '@snowflow/transport/request-scope';
import { eventually } from '@snowflow/testing/eventually';
import { startGateway, TestGateway } from '../testing/test-gateway';

const RUN = 'run_0123456789abcdef012345';

describe('The events of a run', () => {
  let gateway: TestGateway;
  let headers: Record<string, string>;
  let tenantId: string;
  let happened: RunEvent[];
  let asked: number[];
  let isOwn: boolean;

  const happen = async (type: string) => {
    const seq = happened.length + 1;
    happened.push({ type, data: { seq, at: new Date(0).toISOString(), runId: RUN } });
    await gateway.redis.publish(runChannel(RUN), String(seq));
  };
  const open = (extra: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(`${gateway.url}/api/v1/runs/${RUN}/events`, { headers: { ...headers, ...extra }, signal });
  const subscribers = async (channel = runChannel(RUN)) => (await gateway.redis.pubsub('NUMSUB', channel))[1];

  beforeAll(async () => {
    gateway = await startGateway();
    const { session, ...signedIn } = await gateway.signIn();
    ({ headers } = signedIn);
    tenantId = session.tenantId;
    gateway.workflow.answers.events = ({ id, after, limit }) => {
      if (id !== RUN) throw new AppError('NOT_FOUND', 'No such run.');
      expect(currentContext().sessionId).toMatch(/^ses_/);
      asked.push(after);
      const events = happened.slice(after, after + limit);
      const last = happened.at(-1)?.type ?? '';
      const ended = after + events.length === happened.length && last === 'run.succeeded';
      return Promise.resolve({ events, ended, own: isOwn });
    };
  });
  beforeEach(() => {
    happened = [];
    asked = [];
    isOwn = true;
  });
  afterAll(() => gateway.stop());

  it('are replayed, go on live, and end with the run', async () => {
    await happen('run.queued');
    const response = await open();
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('cache-control')).toContain('no-store');
    await eventually(async () => (await subscribers()) === 1);
    await happen('run.started');
    await happen('node.succeeded');
    await happen('run.succeeded');
    const text = await response.text();
    expect(text.match(/^id: \d+$/gm)).toEqual(['id: 1', 'id: 2', 'id: 3', 'id: 4']);
    expect(text).toContain(`event: run.started\ndata: {"seq":2,`);
    await eventually(async () => (await subscribers()) === 0);
  });

  it('resume after the last one the reader has', async () => {
    for (const type of ['run.queued', 'run.started', 'run.succeeded']) await happen(type);
    const text = await (await open({ 'last-event-id': '2' })).text();
    expect(text).toBe(`id: 3\nevent: run.succeeded\ndata: ${JSON.stringify(happened[2]?.data)}\n\n`);
  });

  it('carry what agents say to the tenant that it was sealed for, under no id, and not again', async () => {
    const say = (text: string, tenant: string) =>
      gateway.redis.publish(
        spokenChannel(RUN),
        gateway.sealer.seal(JSON.stringify({ nodeId: 'ask', text }), spokenBinding(tenant, RUN)),
      );
    await happen('run.started');
    const response = await open();
    await eventually(async () => (await subscribers(spokenChannel(RUN))) === 1);
    await say('canary-elsewhere', 'ten_other');
    await gateway.redis.publish(spokenChannel(RUN), 'nothing that was sealed');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let read = '';
    const until = async (part: string) => {
      while (!read.includes(part)) read += (await reader?.read())?.value ?? '';
    };
    await until('run.started');
    await say('So far', tenantId);
    await until('So far');
    await happen('run.succeeded');
    await until('run.succeeded');
    expect(read).toContain('event: node.text\ndata: {"nodeId":"ask","text":"So far"}\n\n');
    expect(read.match(/^id: \d+$/gm)).toEqual(['id: 1', 'id: 2']);
    expect(read).not.toContain('canary-elsewhere');
    expect(await (await open()).text()).not.toContain('node.text');
    await eventually(async () => (await subscribers(spokenChannel(RUN))) === 0);
  });

  it('carry nothing of what agents say to whom the run is only shown', async () => {
    isOwn = false;
    await happen('run.started');
    const response = await open();
    await eventually(async () => (await subscribers(spokenChannel(RUN))) === 1);
    const sealed = gateway.sealer.seal('{"nodeId":"ask","text":"canary-row"}', spokenBinding(tenantId, RUN));
    await gateway.redis.publish(spokenChannel(RUN), sealed);
    await happen('run.succeeded');
    const read = await response.text();
    expect(read).toContain('run.succeeded');
    expect(read).not.toContain('node.text');
  });

  it('come in pages, each asked for after the one before', async () => {
    for (let i = 0; i < 449; i += 1) await happen('node.running');
    await happen('run.succeeded');
    const text = await (await open()).text();
    expect(text.match(/^id: /gm)).toHaveLength(450);
    expect(asked).toEqual([0, 200, 400]);
  });

  it('share one subscription between readers, which goes with the last of them', async () => {
    await happen('run.queued');
    const leaving = Array.from({ length: 5 }, () => new AbortController());
    await Promise.all(leaving.map(({ signal }) => open({}, signal)));
    await eventually(async () => (await subscribers()) === 1);
    for (const reader of leaving) reader.abort();
    await eventually(async () => (await subscribers()) === 0);
  });

  it('are refused as a problem before the first byte', async () => {
    const other = await fetch(`${gateway.url}/api/v1/runs/run_ffffffffffffffffffffff/events`, { headers });
    expect(other.status).toBe(404);
    expect(await other.json()).toMatchObject({ code: 'NOT_FOUND' });
    const odd = await open({ 'last-event-id': 'x' });
    expect(odd.status).toBe(422);
  });

  it('make Prefer: wait answer the finished run as soon as it ends', async () => {
    let status = 'queued';
    gateway.workflow.answers.startRun = () =>
      Promise.resolve({ runId: RUN, status: 'queued', eventsUrl: `/api/v1/runs/${RUN}/events` });
    gateway.workflow.answers.getRun = () => Promise.resolve({ id: RUN, status } as RunView);
    const run = (prefer: Record<string, string>) =>
      fetch(`${gateway.url}/api/v1/workflows/run`, {
        method: 'POST',
        headers: { ...headers, ...prefer, 'content-type': 'application/json' },
        body: '{"definition":{}}',
      });
    const accepted = await run({});
    expect(accepted.status).toBe(202);
    expect(await accepted.json()).toMatchObject({ runId: RUN, status: 'queued' });

    const waiting = run({ prefer: 'wait=30' });
    await eventually(async () => (await subscribers(runEndedChannel(RUN))) === 1);
    status = 'succeeded';
    await gateway.redis.publish(runEndedChannel(RUN), '9');
    const finished = await waiting;
    expect(finished.status).toBe(200);
    expect(await finished.json()).toMatchObject({ id: RUN, status: 'succeeded' });

    status = 'running';
    expect((await run({ prefer: 'wait=1' })).status).toBe(202);
    await eventually(async () => (await subscribers(runEndedChannel(RUN))) === 0);
  });

  it('end when the gateway stops, so that readers go to another one', async () => {
    await happen('run.queued');
    const response = await open();
    const reading = response.text();
    await eventually(async () => (await subscribers()) === 1);
    await gateway.app.close();
    expect(await reading).toContain('id: 1');
  });
});
