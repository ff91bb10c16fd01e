import { type Env, text, whole } from '../env/env-schema';
import type { TracingOptions } from './start-tracing';

/** What every program reads to know whether and where it sends its spans. */
export const tracingEnv = {
  OTEL_EXPORTER_OTLP_ENDPOINT: text(
    'Base of an OTLP collector that takes traces by HTTP, http://host:4318; empty: none',
    {
      default: '',
    },
  ),
  OTEL_EXPORTER_OTLP_HEADERS: text('Headers for the collector, name=value,name=value', { default: '', secret: true }),
  TRACES_SAMPLED_PERCENT: whole('Of a hundred traces so many are sent', { default: '100', max: 100 }),
};

/** The options of tracing; undefined where no collector is named. Throws where its address is none. */
export function tracingOf(env: Env<typeof tracingEnv>): TracingOptions | undefined {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === '') return undefined;
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint))
    throw new Error('OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https address');
  return {
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    headers: headersOf(env.OTEL_EXPORTER_OTLP_HEADERS),
    sampledPercent: env.TRACES_SAMPLED_PERCENT,
  };
}

function headersOf(list: string): Record<string, string> {
  const pairs = list
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new Error('OTEL_EXPORTER_OTLP_HEADERS must be name=value,name=value');
      return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())];
    }),
  );
}
