import { createHmac } from 'node:crypto';
import { startStack, Stack } from '@snowflow/testing/stack';
import { WebhookReceiver } from '@snowflow/testing/webhook-receiver';
import { ApiClient, runToEnd } from './support/api-client';
import { DocumentBuilder } from './support/document-builder';

interface WebhookKeys {
  keys: { id: string; secret: string; validUntil: string | null }[];
}

describe('A notification', () => {
  let stack: Stack;
  let receiver: WebhookReceiver;
  let api: ApiClient;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    stack = await startStack({ env: { EGRESS_PRIVATE_HOSTS: '127.0.0.1' } });
    api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await receiver?.stop();
  }, 60_000);

  /** Orders above a price are told of, where there are any. */
  const dearOrders = (price: number, url: string) =>
    new DocumentBuilder('Dear orders')
      .tpch('orders', 'ORDERS')
      .node(
        'dear',
        'shape.filter',
        { conditions: [{ column: 'O_TOTALPRICE', operator: 'gt', value: price }] },
        'orders',
      )
      .node('check', 'logic.condition', { expression: 'ROW_COUNT > 0' }, 'dear')
      .node(
        'tell',
        'output.notification',
        { channel: 'webhook', url, body: '{"run": {{ run }}, "text": "{{ value.rowCount }} dear orders"}' },
        'check.true',
      )
      .node('rows', 'output.response', { format: 'json' }, 'check.true')
      .build();

  it('tells when a check finds rows, how many, and signed by the key that an owner reads', async () => {
    const { id, status, nodes } = await runToEnd(api, { definition: dearOrders(1000, receiver.url('dear')) });
    expect(status).toBe('succeeded');
    const rowCount = nodes['rows']?.rowCount ?? 0;
    expect(rowCount).toBeGreaterThan(0);
    expect(nodes['tell']).toMatchObject({ rowCount, value: { attempts: 1, status: 200 } });
    const [{ headers, body } = { headers: {} as Record<string, string>, body: '' }] = receiver.of('dear');
    expect(JSON.parse(body)).toEqual({ run: id, text: `${rowCount} dear orders` });

    const { body: view } = await api.call<WebhookKeys>('GET', '/admin/webhook-key');
    const signed = `${String(headers['x-snowflow-timestamp'])}.${body}`;
    const signature = createHmac('sha256', view.keys[0]?.secret ?? '')
      .update(signed)
      .digest('hex');
    expect(headers['x-snowflow-signature']).toBe(`v1=${signature}`);

    const rotated = await api.call<WebhookKeys>('POST', '/admin/webhook-key/rotate');
    expect(rotated.body.keys.map(({ secret }) => secret)).toEqual([expect.any(String), view.keys[0]?.secret]);
    expect(rotated.headers.get('cache-control')).toBe('no-store');
    expect(stack.logs()).not.toContain(view.keys[0]?.secret);
  });

  it('tells nothing when the check finds none', async () => {
    const run = await runToEnd(api, { definition: dearOrders(1e12, receiver.url('none')) });
    expect(run).toMatchObject({ status: 'succeeded', nodes: { tell: { status: 'skipped' } } });
    expect(receiver.of('none')).toEqual([]);
  });

  it('goes nowhere that the operator has not listed', async () => {
    const run = await runToEnd(api, { definition: dearOrders(1000, 'https://hooks.example.com/x') });
    expect(run.nodes['tell']?.error).toMatchObject({
      code: 'EGRESS_REFUSED',
      message: expect.stringContaining('EGRESS_HOSTS') as string,
    });
  });

  it('shows its key to nobody who is not signed in', async () => {
    const stranger = new ApiClient(stack.gatewayUrl);
    expect((await stranger.call('GET', '/admin/webhook-key')).status).toBe(401);
  });
});
