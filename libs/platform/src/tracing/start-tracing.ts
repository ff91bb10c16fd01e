import { setTimeout as delay } from 'node:timers/promises';

/** Where spans go, and how many of them. */
export interface TracingOptions {
  /** The whole address that spans are posted to. */
  url: string;
  headers: Record<string, string>;
  sampledPercent: number;
}

const EXPORT_TIMEOUT_MS = 5_000;
const LAST_MS = 1_000;

let users = 0;
let provider: Promise<{ shutdown(): Promise<void> }> | undefined;

/**
 * Sends the spans of this process to a collector; the SDK is loaded only then. Services that share a process share one exporter, under the
 * name of the first. Answers how to end it: what is left is sent, and a collector that does not take it holds up a stop for a second at most.
 */
export async function startTracing(service: string, options: TracingOptions | undefined): Promise<() => Promise<void>> {
  if (!options) return async () => undefined;
  users += 1;
  provider ??= register(service, options);
  const started = await provider;
  return async () => {
    users -= 1;
    if (users > 0) return;
    provider = undefined;
    const late = new AbortController();
    const shutdown = started.shutdown().catch(() => undefined);
    await Promise.race([shutdown, delay(LAST_MS, undefined, { signal: late.signal })]);
    late.abort();
  };
}

/** Whether a trace is sent follows from its id alone, so all services decide alike and no caller can make them send more. */
async function register(service: string, { url, headers, sampledPercent }: TracingOptions) {
  const [
    { BatchSpanProcessor, NodeTracerProvider, TraceIdRatioBasedSampler },
    { OTLPTraceExporter },
    { resourceFromAttributes },
  ] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: EXPORT_TIMEOUT_MS });
  const started = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `snowflow-${service}` }),
    sampler: new TraceIdRatioBasedSampler(sampledPercent / 100),
    spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: EXPORT_TIMEOUT_MS })],
  });
  started.register();
  return started;
}
