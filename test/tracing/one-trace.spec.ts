import { catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import { connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { parseEnv } from '@snowflow/platform/env/env-schema';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { startTracing } from '@snowflow/platform/tracing/start-tracing';
import { tracingEnv, tracingOf } from '@snowflow/platform/tracing/tracing-env';
import { type HeardSpan, type OtlpReceiver, startOtlpReceiver } from '@snowflow/testing/otlp-receiver';
import { sessionRecord } from '@snowflow/testing/session-record';
import { createClient } from '@snowflow/transport/create-client';
import { currentPerson } from '@snowflow/transport/request-scope';
import { RpcCaller } from '@snowflow/transport/rpc-caller';
import { type Responder, startResponder } from '@snowflow/transport/testing/start-responder';
import { randomUUID } from 'node:crypto';
import { Replica } from '../../apps/connection-manager/src/testing/replica';
import { StrictSnowflake } from '../../apps/connection-manager/src/testing/strict-snowflake';
import { startGateway, type TestGateway } from '../../apps/gateway/src/testing/test-gateway';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const BROWSER_SPAN = 'b7ad6b7169203331';

describe('A request that asks Snowflake', () => {
  let collector: OtlpReceiver;
  let endTracing: () => Promise<void>;
  let snowflake: StrictSnowflake;
  let gateway: TestGateway;
  let replica: Replica;
  let connections: Responder<typeof connectionsContract>;
  let caller: RpcCaller;

  beforeAll(async () => {
    collector = await startOtlpReceiver();
    const env = parseEnv(tracingEnv, { OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/` });
    endTracing = await startTracing('spec', tracingOf(env));
    [snowflake, gateway] = await Promise.all([StrictSnowflake.start(), startGateway()]);
    const redisUrl = gateway.redisUrl;
    const wire = { url: redisUrl, sealer: gateway.sealer };
    replica = await Replica.start({ redisUrl, sealer: gateway.sealer, demoOrigin: snowflake.server.origin });
    const submit = (request: Parameters<typeof replica.statements.submitAndWait>[1]) =>
      replica.statements.submitAndWait(currentPerson(), request);
    connections = await startResponder(connectionsContract, { submit }, wire);
    caller = new RpcCaller({ redisUrl, sealer: gateway.sealer });
  });
  afterAll(async () => {
    await caller.close();
    await connections.stop();
    await replica.stop();
    await Promise.all([gateway.stop(), snowflake.stop()]);
    await collector.stop();
  });

  it('is one trace from the browser to the statement, each span under the one that caused it, and tells no text of it', async () => {
    const { ref, context } = await replica.signIn();
    const session = sessionRecord({ id: ref.sessionId, tenantId: ref.tenantId });
    await new SessionStore(gateway.redis).save(session, 600);
    gateway.catalog.answers.sources = async () => {
      const client = createClient(connectionsContract, caller);
      const tag = { node: 'orders' };
      const request = { binds: ['canary-bind'], context, requestId: randomUUID(), tag, timeoutSeconds: 60 };
      await client.submit({ ...request, sql: "SELECT 'canary-text', ?", waitMs: 5_000 });
      return { items: [], nextCursor: null, tooMany: false };
    };

    const response = await fetch(`${gateway.url}/api/v1/catalog/sources?database=D&schema=S`, {
      headers: {
        authorization: `Bearer ${gateway.mint.tokenOf(session)}`,
        traceparent: `00-${TRACE}-${BROWSER_SPAN}-01`,
      },
    });
    expect(await response.text()).not.toContain('UNKNOWN_PATTERN');
    expect(response.status).toBe(200);
    await endTracing();

    const spans = collector.spans().filter(({ traceId }) => traceId === TRACE);
    const pattern = catalogContract.operations.sources.pattern;
    const path = ['GET /api/v1/catalog/sources', pattern, pattern, 'connections.submit', 'connections.submit'];
    expect(pathTo(spans, 'snowflake submit')).toEqual([...path, 'snowflake submit']);
    expect(pathTo(spans, 'snowflake wait')).toEqual([...path, 'snowflake wait']);
    expect(root(spans).parentSpanId).toBe(BROWSER_SPAN);
    const submitted = spans.find(({ name }) => name === 'snowflake submit');
    expect(submitted?.attributes).toMatchObject({
      'snowflow.tenant.id': ref.tenantId,
      'snowflow.step.id': 'orders',
      'db.query.id': expect.stringMatching(/\w{6}/),
    });
    expect(collector.bodies.join()).not.toMatch(/canary|SELECT/);
  });
});

/** The names from the first span of the trace down to this one. */
function pathTo(spans: HeardSpan[], name: string): string[] {
  const path: string[] = [];
  let at = spans.find((span) => span.name === name);
  while (at) {
    path.unshift(at.name);
    const { parentSpanId } = at;
    at = spans.find(({ spanId }) => spanId === parentSpanId);
  }
  return path;
}

const root = (spans: HeardSpan[]): HeardSpan => {
  const found = spans.find(({ name }) => name.startsWith('GET'));
  if (!found) throw new Error('The gateway told no span');
  return found;
};
