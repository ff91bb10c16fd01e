import { createHmac } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { type ReceivedWebhook, WebhookReceiver } from '@snowflow/testing/webhook-receiver';
import { WorkflowStore } from '../database/workflow-store';
import { LeaseTaker } from '../execution/lease-taker';
import { RunWorker } from '../execution/run-worker';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import { condition, documentOf, map, result, table } from '../testing/documents';
import { WorkflowsService } from '../workflows/workflows.service';
import { startMailServer } from '@snowflow/testing/mail-server';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WebhookKeysController } from './webhook-keys.controller';

// Leases have to run out here.
jest.setTimeout(30_000);

describe('Notifications', () => {
  let bench: WorkflowBench;
  let person: Person;
  let worker: INestApplicationContext;
  let receiver: WebhookReceiver;
  let mail: Awaited<ReturnType<typeof startMailServer>>;

  beforeAll(async () => {
    [bench, receiver, mail] = await Promise.all([startWorkflowBench(), WebhookReceiver.start(), startMailServer()]);
    person = await bench.signIn();
    worker = await startWorker();
    bench.snowflake.when('BROKEN', (statement) => bench.snowflake.fail(statement, 'CANARY-5d1e is no number'));
    bench.rows.of('COUNT(*) AS "ROW_COUNT" FROM', [{ ROW_COUNT: '12' }]);
  }, 60_000);
  afterAll(async () => {
    await bench?.stop();
    await receiver?.stop();
    await mail?.stop();
  });

  const startWorker = () =>
    bench.startWorker(
      {},
      {
        privateHosts: ['127.0.0.1'],
        egressHosts: ['localhost'],
        smtpUrl: mail.url,
        mailFrom: 'snowflow@example.com',
        lastWordMs: 200,
      },
    );
  type Tell = { id: string; type: string; config: Record<string, unknown> };
  const to = (url: string, more: object = {}): Tell => ({
    id: 'tell',
    type: 'output.notification',
    config: { channel: 'webhook', url, ...more },
  });
  const email = (text: string, addresses = ['ann@example.com']): Tell => ({
    id: 'tell',
    type: 'output.notification',
    config: { channel: 'email', to: addresses, subject: 'Late', text },
  });
  const withRows = (tell: Tell) => documentOf([table('t'), tell], ['t -> tell']);
  /** The notification gets a value: the failure of the table before it. */
  const withValue = (tell: Tell) => {
    const broken = { ...table('broken'), config: { ...table('broken').config, onError: 'branch' } };
    return documentOf([broken, tell], ['broken.error -> tell']);
  };
  const start = async (definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(RunStartService).start({ definition }))).runId;
  const run = async (definition: Record<string, unknown>) => bench.ended(person, await start(definition));
  const effects = (runId: string) =>
    bench.service
      .get(WorkflowStore)
      .transaction(person.tenantId, (db) =>
        db.selectFrom('workflow.effects').select(['state', 'attempts', 'kind']).where('run_id', '=', runId).execute(),
      );
  /** The run's worker falls silent in the middle of its step, and another goes on. */
  const replaceWorker = async (runId: string) => {
    await worker.get(RunWorker).worker.close(true);
    worker.get(LeaseTaker).next = () => Promise.resolve(undefined);
    await sql`UPDATE workflow.run_queue SET leased_by = 'nobody', leased_until = now() - interval '1 second'
              WHERE run_id = ${runId}`.execute(bench.service.get(WorkflowStore).acrossTenants);
    worker = await startWorker();
  };

  it('tell how many rows there are, once, and a retried run does not tell it again', async () => {
    const definition = documentOf(
      [table('t'), condition('check', 'ROW_COUNT > 0'), to(receiver.url('rows')), table('broken'), result('r')],
      ['t -> check', 'check.true -> tell', 'broken -> r'],
    );
    const { id, nodes } = await run(definition);
    expect(nodes['tell']).toMatchObject({ status: 'succeeded', rowCount: 12, value: { attempts: 1, status: 200 } });
    expect(receiver.of('rows').map(({ body }) => JSON.parse(body))).toEqual([
      { workflow: null, run: id, value: { rowCount: 12 } },
    ]);
    expect(await effects(id)).toEqual([{ state: 'succeeded', attempts: 1, kind: 'webhook' }]);

    const { runId } = await bench.as(person, () => bench.service.get(RunStartService).retry(id));
    const again = await bench.ended(person, runId);
    expect(again.nodes).toMatchObject({ tell: { status: 'succeeded' }, r: { status: 'failed' } });
    expect(receiver.of('rows')).toHaveLength(1);
  });

  it('inside a workflow that runs once for each item, tell each item once', async () => {
    const inner = documentOf(
      [table('t'), to(receiver.url('each'), { body: '{"who":{{ parameters.who }}}' })],
      ['t -> tell'],
      {
        parameters: [{ name: 'who', type: 'string' }],
      },
    );
    const workflowId = (await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition: inner })))
      .id;
    bench.rows.of('SOURCE_OF_ITEMS', [{ N: 'ann' }, { N: 'bob' }]);
    bench.snowflake.when('SOURCE_OF_ITEMS', (statement) => bench.snowflake.succeed(statement, 2));
    const each = map('each', workflowId, { who: '{{ item.N }}' });
    const { id, status } = await run(documentOf([table('t', 'SOURCE_OF_ITEMS'), each], ['t -> each']));
    expect(status).toBe('succeeded');
    expect(
      receiver
        .of('each')
        .map(({ body }) => body)
        .sort(),
    ).toEqual(['{"who":"ann"}', '{"who":"bob"}']);
    expect(new Set(receiver.of('each').map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
    expect(await effects(id)).toHaveLength(2);
  });

  it('tell nothing on the way that is not taken', async () => {
    bench.snowflake.when('NOTHING_THERE', (statement) => bench.snowflake.succeed(statement, 0));
    const definition = documentOf(
      [table('nothing_there'), condition('check', 'ROW_COUNT > 0'), to(receiver.url('never'))],
      ['nothing_there -> check', 'check.true -> tell'],
    );
    expect(await run(definition)).toMatchObject({ status: 'succeeded', nodes: { tell: { status: 'skipped' } } });
    expect(receiver.of('never')).toEqual([]);
  });

  it('are tried again with the same key while the receiver is busy', async () => {
    receiver.answers.push({ status: 503 }, { status: 429, headers: { 'retry-after': '0' } });
    const { id, status } = await run(withRows(to(receiver.url('busy'))));
    expect(status).toBe('succeeded');
    const keys = receiver.of('busy').map(({ headers }) => headers['idempotency-key']);
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
    expect(await effects(id)).toMatchObject([{ state: 'succeeded', attempts: 3 }]);
  });

  it('let the run rest where the receiver wants to be left alone for long', async () => {
    receiver.answers.push({ status: 429, headers: { 'retry-after': '600' } });
    const runId = await start(withRows(to(receiver.url('later'))));
    const view = () => bench.as(person, () => bench.service.get(RunsService).get(runId));
    await until(async () => (await view()).status === 'waiting');
    expect(await effects(runId)).toMatchObject([{ state: 'failed', attempts: 1 }]);
    await bench.as(person, () => bench.service.get(RunsService).cancel(runId));
    await bench.ended(person, runId);
  });

  it('fail at once where the receiver does not want them, and follow no redirect', async () => {
    receiver.answers.push({ status: 400 }, { status: 302, headers: { location: receiver.url('elsewhere') } });
    for (const name of ['unwanted', 'moved']) {
      const failed = { status: 'failed', nodes: { tell: { error: { code: 'NOTIFICATION_FAILED' } } } };
      expect(await run(withRows(to(receiver.url(name))))).toMatchObject(failed);
      expect(receiver.of(name)).toHaveLength(1);
    }
    expect(receiver.of('elsewhere')).toEqual([]);
  });

  it('are sent again after a crash between sending and writing it down, with the same key', async () => {
    let answer = () => {};
    receiver.answers.push({ status: 200, after: new Promise((resolve) => (answer = resolve)) });
    const runId = await start(withRows(to(receiver.url('crash'))));
    await until(() => receiver.of('crash').length === 1);
    await replaceWorker(runId);
    expect(await bench.ended(person, runId)).toMatchObject({ status: 'succeeded' });
    answer();
    const keys = receiver.of('crash').map(({ headers }) => headers['idempotency-key']);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  it.each([
    ['has it', () => Promise.resolve()],
    ['has died', (runId: string) => replaceWorker(runId)],
  ])('whose run is cancelled before the receiver answered are told as open, where its worker %s', async (_, lose) => {
    let answer = () => {};
    receiver.answers.push({ status: 200, after: new Promise((resolve) => (answer = resolve)) });
    const before = receiver.of('cut-off').length;
    const runId = await start(withRows(to(receiver.url('cut-off'))));
    await until(() => receiver.of('cut-off').length > before);
    await bench.as(person, () => bench.service.get(RunsService).cancel(runId));
    await lose(runId);
    expect(await bench.ended(person, runId)).toMatchObject({
      status: 'cancelled',
      nodes: { tell: { status: 'failed', error: { code: 'OUTCOME_UNKNOWN', nodeId: 'tell' } } },
    });
    answer();
  });

  it('that may have been taken before they were refused are told as open', async () => {
    receiver.answers.push({ status: 200, hangsUp: true }, { status: 400 });
    const { nodes } = await run(withRows(to(receiver.url('perhaps'))));
    expect(nodes['tell']).toMatchObject({ status: 'failed', error: { code: 'OUTCOME_UNKNOWN' } });
    expect(receiver.of('perhaps')).toHaveLength(2);
  });

  it('go by email, and those whose fate is unknown are never sent again', async () => {
    expect(await run(withRows(email('There are {{ value.rowCount }} in {{ run }}')))).toMatchObject({
      status: 'succeeded',
    });
    expect(mail.mails.at(-1)).toContain('There are 12 in run_');

    let answer = () => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    mail.behaviour.beforeAnswer = () => held;
    const runId = await start(withRows(email('Only once')));
    const sent = () => mail.mails.filter((text) => text.includes('Only once'));
    await until(() => sent().length === 1);
    await replaceWorker(runId);
    expect(await bench.ended(person, runId)).toMatchObject({
      status: 'failed',
      nodes: { tell: { error: { code: 'OUTCOME_UNKNOWN' } } },
    });
    answer();
    mail.behaviour.beforeAnswer = () => Promise.resolve();
    expect(sent()).toHaveLength(1);
  });

  it('say which addresses the mail server refused, and are tried again where it refuses for now', async () => {
    mail.behaviour.refuses = (address) => (address.startsWith('nobody') ? 550 : undefined);
    const both = email('Both', ['nobody@example.com', 'ann@example.com']);
    expect((await run(withRows(both))).nodes['tell']).toMatchObject({
      value: { attempts: 1, rejected: ['nobody@example.com'] },
    });
    let refusals = 2;
    mail.behaviour.refuses = () => (refusals-- > 0 ? 451 : undefined);
    expect((await run(withRows(email('Greylisted')))).nodes['tell']).toMatchObject({ value: { attempts: 3 } });
    mail.behaviour.refuses = () => undefined;
  });

  it.each([
    ['https://hooks.example.com/x', 'EGRESS_HOSTS'],
    ['http://localhost:9/x', 'https'],
    ['https://localhost:9/x', 'EGRESS_PRIVATE_HOSTS'],
  ])('do not leave for %s: what an operator can do is said', async (url, word) => {
    const failed = await run(withRows(to(url)));
    expect(failed.nodes['tell']?.error).toMatchObject({
      code: 'EGRESS_REFUSED',
      message: expect.stringContaining(word) as string,
    });
  });

  it('are signed so that either key verifies while one replaces the other', async () => {
    const keys = bench.service.get(WebhookKeysController);
    const owner = await bench.signIn(person.tenantId, {}, { appRole: 'owner' });
    const [first] = (await bench.as(owner, () => keys.webhookKeys())).keys;
    await bench.as(owner, () => keys.rotateWebhookKey());
    const rotated = (await bench.as(owner, () => keys.webhookKeys())).keys;
    expect(rotated.map(({ validUntil }) => validUntil !== null)).toEqual([false, true]);
    expect(rotated[1]?.secret).toBe(first?.secret);

    await run(withRows(to(receiver.url('signed'))));
    const [{ headers, body }] = receiver.of('signed') as [ReceivedWebhook];
    const signatures = String(headers['x-snowflow-signature']).split(',');
    const expected = rotated.map(({ secret }) => {
      const signed = `${String(headers['x-snowflow-timestamp'])}.${body}`;
      return `v1=${createHmac('sha256', secret).update(signed).digest('hex')}`;
    });
    expect(signatures).toEqual(expected);

    await bench.as(owner, () => keys.rotateWebhookKey());
    const again = (await bench.as(owner, () => keys.webhookKeys())).keys;
    expect(again.map(({ id }) => id)).toEqual([expect.any(String), rotated[0]?.id]);
  });

  it('have keys that only owners and admins of the tenant see, and that rest sealed', async () => {
    const keys = bench.service.get(WebhookKeysController);
    const builder = await bench.signIn(person.tenantId, {}, { appRole: 'builder' });
    for (const ask of [() => keys.webhookKeys(), () => keys.rotateWebhookKey()]) {
      await expect(bench.as(builder, ask)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const admin = await bench.signIn(undefined, {}, { appRole: 'admin' });
    const made = await Promise.all([1, 2, 3].map(() => bench.as(admin, () => keys.webhookKeys())));
    expect(new Set(made.map((view) => view.keys[0]?.secret)).size).toBe(1);
    expect(await bench.everythingAtRest()).not.toContain(made[0]?.keys[0]?.secret);
  });

  it('leave what they tell and whom nowhere in plaintext', async () => {
    await run(withValue(to(receiver.url('canary-path-77'), { body: '{"said": "{{ value.message }}"}' })));
    expect(JSON.parse(receiver.of('canary-path-77')[0]?.body ?? '')).toEqual({ said: 'CANARY-5d1e is no number' });
    const redis = new Redis(bench.redisUrl);
    const kept = await redis.keys('*');
    const dumps = await Promise.all(kept.map((key) => redis.dumpBuffer(key)));
    await redis.quit();
    for (const text of [await bench.everythingAtRest(), dumps.map(String).join('\n')]) {
      expect(text.length).toBeGreaterThan(0);
      expect(text).not.toMatch(/CANARY-5d1e|canary-path-77/);
    }
  });
});

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const giveUpAt = Date.now() + 15_000; !(await holds());) {
    if (Date.now() > giveUpAt) throw new Error('It did not come true in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
