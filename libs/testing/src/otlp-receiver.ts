import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A span as a collector hears of it. */
export interface HeardSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Record<string, unknown>;
}

interface OtlpSpan extends Omit<HeardSpan, 'attributes'> {
  attributes: { key: string; value: Record<string, unknown> }[];
}

/** A collector of traces on a port of its own, that keeps what it is told. */
export interface OtlpReceiver {
  url: string;
  /** The bodies as they came. */
  readonly bodies: string[];
  spans(): HeardSpan[];
  stop(): Promise<void>;
}

/** Takes OTLP as JSON by HTTP, as collectors do. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        if (request.url === '/v1/traces') bodies.push(body);
        response.setHeader('content-type', 'application/json').end('{}');
      },
      // Who tells it is gone in the middle of it: a killed service.
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    spans: () => bodies.flatMap(spansOf),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function spansOf(body: string): HeardSpan[] {
  const heard: { resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[] } = JSON.parse(body);
  return heard.resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans)
    .flatMap(({ spans }) => spans)
    .map(({ attributes, ...span }) => ({
      ...span,
      attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
    }));
}
