import { DurablePostgres } from '@snowflow/testing/durable-postgres';
import { DurableRedis } from '@snowflow/testing/durable-redis';
import { startMailServer } from '@snowflow/testing/mail-server';
import { startStack, Stack } from '@snowflow/testing/stack';
import { WebhookReceiver } from '@snowflow/testing/webhook-receiver';
import { ApiClient, runToEnd } from './support/api-client';
import { inItems, itemsMapped, itemWorkflow, plantItems } from './support/canary-items';
import { directSql } from './support/direct-sql';
import { DocumentBuilder } from './support/document-builder';
import { everyPostgresText, everyRedisText } from './support/everything-at-rest';
import { RunWatcher } from './support/run-watcher';

const inRow = 'CANARY-ROW-7f3a91';
const inValues = 'CANARY-VALUES-0c44de';
const inPassword = 'CANARY-PASSWORD-5512aa';
const inParameter = 'CANARY-PARAMETER-a1b2c3';
const inWrongParameter = 'CANARY-WRONG-PARAMETER-93d0';
const inMessage = 'CANARY-MESSAGE-e871';
const inForm = 'CANARY-FORM-4b2f';
const inComment = 'CANARY-COMMENT-d19c';
const inWebhook = 'CANARY-WEBHOOK-66fa';
/** What the receiver of webhooks answers. */
const inResponse = 'nobody’s concern';
const canaries = [
  inRow,
  inValues,
  inPassword,
  inParameter,
  inWrongParameter,
  inMessage,
  inForm,
  inComment,
  inWebhook,
  inResponse,
  ...Object.values(inItems),
];
const table = { database: 'DEMO', schema: 'PUBLIC', table: 'CANARIES' };
const result = { name: 'Read', view: 'table' };

describe('What must not rest outside Snowflake', () => {
  let redis: DurableRedis;
  let postgres: DurablePostgres;
  let mail: Awaited<ReturnType<typeof startMailServer>>;
  let receiver: WebhookReceiver;
  let stack: Stack;
  let api: ApiClient;
  const seen: string[] = [];
  const found = (text: string) => canaries.filter((canary) => formsOf(canary).some((form) => text.includes(form)));

  beforeAll(async () => {
    [redis, postgres] = await Promise.all([DurableRedis.start(), DurablePostgres.start()]);
    [receiver, mail] = await Promise.all([WebhookReceiver.start(), startMailServer()]);
    mail.behaviour.refuses = (address) => (address === inItems.refused ? 550 : undefined);
    stack = await startStack({
      replicas: 1,
      env: {
        REDIS_URL: redis.url,
        DATABASE_URL: postgres.url,
        LOG_LEVEL: 'debug',
        EGRESS_PRIVATE_HOSTS: '127.0.0.1',
        SMTP_URL: mail.url,
        MAIL_FROM: 'snowflow@example.com',
      },
    });
    await postgres.writeLegibly();
    api = new ApiClient(stack.gatewayUrl);
    await api.call('POST', '/auth/connect', {
      body: { account: 'demo', authenticator: 'password', username: 'demo', password: inPassword },
    });
    await api.connect('demo');
    await directSql(stack.warehouseUrl, `CREATE TABLE DEMO.PUBLIC.CANARIES AS SELECT '${inRow}' AS NOTE`);
    await plantInReads();
    await plantInErrors();
    await plantInPauses();
    await plantInItems();
  }, 180_000);
  afterAll(async () => {
    await stack?.stop();
    await Promise.all([redis?.stop(), postgres?.stop(), receiver?.stop(), mail?.stop()]);
  }, 60_000);

  const keepEvents = async (runId: string) =>
    void seen.push(await (await api.send('GET', `/runs/${runId}/events`)).text());

  /** In a table's rows, in rows that are written in the workflow, in parameters, and in what a later statement reads by its query id. */
  async function plantInReads(): Promise<void> {
    const reading = new DocumentBuilder()
      .node('canaries', 'source.table', { ...table, materialise: true })
      .parameter('wanted', 'string', 'nothing')
      .node('same', 'shape.filter', { expression: 'NOTE <> {{ parameters.wanted }}', materialise: true }, 'canaries')
      .node('typed', 'source.values', { columns: [{ name: 'NOTE', type: 'VARCHAR' }], rows: [[inValues]] })
      .node('result', 'output.result', result, 'same')
      .node('kept', 'output.result', result, 'typed')
      .build();
    const read = await runToEnd(api, { definition: reading, parameters: { wanted: inParameter } });
    expect(read).toMatchObject({ status: 'succeeded', nodes: { result: { rowCount: 1 } } });
    const shown = async (node: string) => (await api.call('GET', `/runs/${read.id}/nodes/${node}/result`)).body;
    expect(found(JSON.stringify([await shown('result'), await shown('kept')]))).toEqual([inRow, inValues]);
    const preview = await api.call('GET', '/catalog/sources/DEMO/PUBLIC/CANARIES/preview?limit=5');
    expect(found(JSON.stringify(preview.body))).toEqual([inRow]);
    await keepEvents(read.id);
  }

  /** In what Snowflake says of a value that it can't take, and in a parameter that is refused. */
  async function plantInErrors(): Promise<void> {
    const casting = new DocumentBuilder()
      .node('canaries', 'source.table', table)
      .node('cast', 'shape.select', { columns: [{ expression: 'TO_NUMBER(NOTE)', as: 'N' }] }, 'canaries')
      .node('result', 'output.result', result, 'cast')
      .build();
    const cast = await runToEnd(api, { definition: casting });
    expect(cast.nodes.result?.error?.message).toContain(inRow);
    await keepEvents(cast.id);

    const counting = new DocumentBuilder()
      .parameter('least', 'number')
      .tpch('regions', 'REGION')
      .node('result', 'output.result', result, 'regions')
      .build();
    const refused = await api.call<{ code: string }>('POST', '/workflows/run', {
      body: { definition: counting, parameters: { least: inWrongParameter } },
    });
    expect([refused.status, refused.body.code]).toEqual([422, 'VALIDATION']);
  }

  /** In what an approver is shown, fills in and says, in the body of a webhook and in its answer. */
  async function plantInPauses(): Promise<void> {
    const body = '{"said": {{ nodes.ask.reason }}, "asked": {{ parameters.wanted }}, "text": "' + inWebhook + '"}';
    const asking = new DocumentBuilder()
      .parameter('wanted', 'string')
      .node('canaries', 'source.table', { ...table, materialise: true })
      .node(
        'ask',
        'logic.approval',
        { approvers: ['user:ANALYST'], message: inMessage, form: [{ name: 'reason' }] },
        'canaries',
      )
      .node('tell', 'output.notification', { channel: 'webhook', url: receiver.url('told'), body }, 'ask.approved')
      .node('result', 'output.result', result, 'ask.approved')
      .build();
    const runs = new RunWatcher([api]);
    const runId = await runs.start({ definition: asking, parameters: { wanted: inParameter } });
    await runs.once(runId, ({ status }) => status === 'waiting');
    const approver = new ApiClient(stack.gatewayUrl);
    await approver.connect('analyst');
    expect(found(JSON.stringify((await approver.call('GET', '/approvals')).body))).toEqual([inMessage]);
    const decision = { decision: 'approve', comment: inComment, form: { reason: inForm } };
    expect((await approver.call('POST', `/runs/${runId}/approvals/ask`, { body: decision })).status).toBe(204);
    expect(await runs.ended(runId)).toMatchObject({ status: 'succeeded' });
    expect(found(receiver.of('told')[0]?.body ?? '')).toEqual([inParameter, inForm, inWebhook]);
    await keepEvents(runId);
  }

  /**
   * In rows kept in a scratch table, in what models answer about them, in the items of a map over both and what each came to, in the
   * value that a router and a condition choose by, and in emails: whom they go to, what they are about and what they say.
   */
  async function plantInItems(): Promise<void> {
    await plantItems(stack.warehouseUrl);
    const saved = await api.call<{ id: string }>('POST', '/workflows/save', { body: { definition: itemWorkflow() } });
    const runs = new RunWatcher([api]);
    const request = { definition: itemsMapped(saved.body.id), parameters: { about: inItems.parameter } };
    const run = await runs.ended(await runs.start(request, { 'idempotency-key': 'the-items' }));
    expect(run).toMatchObject({ status: 'succeeded', nodes: { told: { status: 'succeeded' } } });
    const { row, model, second, parameter, recipient, refused } = inItems;
    expect(found(JSON.stringify(run.nodes['each']?.value))).toEqual([row, model, second]);
    expect(found(JSON.stringify(run.nodes['told']?.value))).toEqual([refused]);
    expect(found(mail.mails.join())).toEqual([row, model, second, parameter, recipient, refused]);
    await keepEvents(run.id);
  }

  it('is in no event', () => {
    expect(seen.join()).toContain('run.succeeded');
    expect(found(seen.join())).toEqual([]);
  });

  it('is in no log line, of which there are many', () => {
    const logs = stack.logs();
    expect(logs.includes('"level":"debug"')).toBe(true);
    expect(found(logs)).toEqual([]);
  });

  it('is in no value of Redis, and never was in its append-only file or a snapshot', async () => {
    const text = await everyRedisText(redis.url);
    expect(text.length).toBeGreaterThan(0);
    expect(found(text)).toEqual([]);
    const written = await redis.everythingWritten();
    expect(written.length).toBeGreaterThan(text.length);
    expect(found(written)).toEqual([]);
  });

  it('is in no row of Postgres', async () => {
    const text = await everyPostgresText(stack.databaseUrl);
    expect(text).toContain('run_');
    expect(found(text)).toEqual([]);
  });

  it('never was in a file of Postgres: tables, write-ahead log, log', async () => {
    const written = await postgres.everythingWritten();
    // A saved workflow is what a person wrote and rests as it is: texts in these files can be found.
    expect(written).toContain('everybody@example.com');
    expect(found(written)).toEqual([]);
  });
});

/** A text as it is, as its bytes are in a file, and as base64 of its middle: what stands before it shifts that. */
function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  return [text, bytes.toString('latin1'), bytes.toString('base64').slice(4, -4)];
}
