import { startStack } from '@snowflow/testing/stack';
import Fastify from 'fastify';
import { ApiClient, runToEnd } from '../test/support/api-client';
import { DocumentBuilder } from '../test/support/document-builder';
import { publish, storeToken } from '../test/support/publish';
import { PublishedCaller } from '../test/support/published-caller';
import { measure } from './measure';
import type { Row } from './report';

const values = { columns: [{ name: 'N', type: 'NUMBER(5,0)' }], rows: [[1], [2], [3]] };
const answering = new DocumentBuilder('Answers values')
  .node('values', 'source.values', values)
  .node('out', 'output.response', {}, 'values')
  .build();

/** Calls of a published workflow beside the same workflow run interactively and an echo, in the same minutes. */
export async function run(): Promise<Row[]> {
  const stack = await startStack({
    env: { THROTTLE_REQUESTS_PER_MINUTE: '1000000', THROTTLE_CALLS_PER_MINUTE: '1000000' },
  });
  const echo = Fastify();
  echo.post('/', (request) => request.body);
  const echoUrl = await echo.listen({ port: 0, host: '127.0.0.1' });
  try {
    const api = new ApiClient(stack.gatewayUrl);
    await api.connect('demo');
    const credentialId = await storeToken(api, stack.warehouseUrl);
    const { workflowId } = await publish(api, answering, { slug: 'values', credentialId });
    const made = await api.call<{ key: string }>('POST', '/auth/api-keys', { body: { name: 'Bench', days: 1 } });
    const caller = new PublishedCaller(stack.gatewayUrl, made.body.key);
    let calls = 0;
    const call = async (headers: Record<string, string> = {}) => {
      const { status, text } = await caller.call('values', {}, headers);
      if (status !== 200) throw new Error(`A call was answered ${status}: ${text}`);
    };
    const kinds: [string, () => Promise<void>, number][] = [
      ['a bare Fastify echo', () => postTo(echoUrl), 4],
      ['a call that needs no statement', () => call(), 4],
      ['a durable call', () => call({ 'idempotency-key': `bench-${(calls += 1)}` }), 1],
      ['the same workflow run interactively', async () => void (await runToEnd(api, { workflowId })), 1],
    ];
    for (const [, once] of kinds) await measure(once, { count: 200, concurrency: 8 });
    const rows: Row[] = [];
    for (const concurrency of [1, 8, 32]) {
      let ofEcho = 0;
      for (const [what, once, times] of kinds) {
        const count = (concurrency === 1 ? 100 : 300) * times;
        const { perSecond, p50Ms, p99Ms } = await measure(once, { count, concurrency, warmUp: concurrency });
        ofEcho ||= perSecond;
        const value = `${perSecond.toFixed(0)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`;
        rows.push({ what: `${what}, c=${concurrency}`, value, compared: (perSecond / ofEcho).toFixed(2) });
      }
    }
    return rows;
  } finally {
    await echo.close();
    await stack.stop();
  }
}

async function postTo(url: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await (await fetch(url, { method: 'POST', headers, body: '{"parameters":{}}' })).json();
}
