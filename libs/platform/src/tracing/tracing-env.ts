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

/** Values may be percent-encoded, as the standard for this variable says. */
function headersOf(list: string): Record<string, string> {
  const pairs = list
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean);
  try {
    return Object.fromEntries(pairs.map(headerOf));
  } catch {
    throw new Error('OTEL_EXPORTER_OTLP_HEADERS must be name=value,name=value');
  }
}

function headerOf(pair: string): [string, string] {
  const [, name, value] = /^([\w-]+)\s*=\s*(.+)$/.exec(pair) ?? [];
  if (!name || !value) throw new Error('No header');
  return [name, decodeURIComponent(value)];
}
