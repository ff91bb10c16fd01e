import autocannon from 'autocannon';

const CONNECTIONS = 32;

/** What one burst of requests showed. */
export interface Burst {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Posts `{"text": …}` to `<address>/echo` over 32 connections. Throws where an answer was not 200. */
export async function burst(address: string, seconds: number): Promise<Burst> {
  const result = await autocannon({
    url: `${address}/echo`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: 'hello' }),
    connections: CONNECTIONS,
    duration: seconds,
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${result.non2xx} answers of ${address} were not 200, ${result.errors} did not come`);
  }
  return { perSecond: result.requests.average, p50Ms: result.latency.p50, p99Ms: result.latency.p99 };
}

/** Of several bursts the one in the middle, by requests per second. */
export function middle(bursts: Burst[]): Burst {
  const sorted = [...bursts].sort((a, b) => a.perSecond - b.perSecond);
  const found = sorted[Math.floor(sorted.length / 2)];
  if (!found) throw new Error('There was no burst');
  return found;
}
