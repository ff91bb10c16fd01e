import { trace } from '@opentelemetry/api';
import { parseEnv } from '../env/env-schema';
import { startTracing } from './start-tracing';
import { tracingEnv, tracingOf } from './tracing-env';

const optionsOf = (source: Record<string, string>) => tracingOf(parseEnv(tracingEnv, source));
const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('The settings of traces', () => {
  it('are off where no collector is named, and then no span is made', async () => {
    expect(optionsOf({})).toBeUndefined();
    const end = await startTracing('spec', undefined);
    expect(trace.getTracer('spec').startSpan('one').isRecording()).toBe(false);
    await expect(end()).resolves.toBeUndefined();
  });

  it('are those of OTLP: a base address, headers that may be encoded', () => {
    expect(optionsOf({ ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%3Db, tenant=x=y' })).toEqual({
      url: 'http://collector:4318/v1/traces',
      headers: { 'api-key': 'a=b', tenant: 'x=y' },
      sampledPercent: 100,
    });
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT must be'],
    [{ ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'canary' }, 'OTEL_EXPORTER_OTLP_HEADERS must be'],
    [{ ...endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'key=%canary' }, 'OTEL_EXPORTER_OTLP_HEADERS must be'],
    [{ ...endpoint, TRACES_SAMPLED_PERCENT: '101' }, 'TRACES_SAMPLED_PERCENT is more than 100'],
  ])('that are wrong are refused by name, without their value: %j', (source, message) => {
    const read = () => optionsOf(source);
    expect(read).toThrow(message);
    expect(read).not.toThrow(/canary/);
  });
});
