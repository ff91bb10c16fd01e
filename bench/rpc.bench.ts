import 'reflect-metadata';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { print, Row } from './report';
import { BenchProcess, startProcess } from './transport/bench-process';
import { Burst, burst, middle } from './transport/load';

const ROUNDS = 3;
const SECONDS = 3;
const WARM_UP_SECONDS = 1;
/** So few that one replica is full: what a second one adds is what is measured. */
const WAITING_CONCURRENCY = '8';

/** Measures the transport beside a bare echo and Nest's own Redis transport, and what a second replica adds. */
export async function run(): Promise<Row[]> {
  const redis = await startRedis();
  try {
    return [...(await echoes(redis.url)), ...(await replicas(redis.url))];
  } finally {
    await redis.stop();
  }
}

async function echoes(url: string): Promise<Row[]> {
  const services = [await startProcess('service', 'streams', url), await startProcess('service', 'built-in', url)];
  const gateways = new Map<string, BenchProcess>();
  for (const kind of ['bare', 'streams', 'built-in']) gateways.set(kind, await startProcess('gateway', kind, url));
  try {
    const found = await inTurns(gateways);
    const bare = found('bare');
    const streams = found('streams');
    const builtIn = found('built-in');
    return [
      row('bare Fastify echo', bare, 'itself', bare),
      row('Fastify + built-in Redis transport', builtIn, 'bare echo', bare),
      row('Fastify + Redis Streams', streams, 'bare echo', bare),
      row('Fastify + Redis Streams', streams, 'built-in transport', builtIn),
    ];
  } finally {
    await stopAll([...gateways.values(), ...services]);
  }
}

async function replicas(url: string): Promise<Row[]> {
  const gateway = await startProcess('gateway', 'waiting', url);
  const running = [gateway, await startProcess('service', 'streams', url, WAITING_CONCURRENCY)];
  try {
    await burst(gateway.address, WARM_UP_SECONDS);
    const one = await burst(gateway.address, SECONDS);
    running.push(await startProcess('service', 'streams', url, WAITING_CONCURRENCY));
    await burst(gateway.address, WARM_UP_SECONDS);
    const two = await burst(gateway.address, SECONDS);
    return [
      row('20 ms handler, one replica of 8 slots', one, 'itself', one),
      row('20 ms handler, two replicas', two, 'one replica', one),
    ];
  } finally {
    await stopAll(running);
  }
}

/** Bursts against each gateway in turn, so that a slow minute of the machine is shared by all; the middle one counts. */
async function inTurns(gateways: Map<string, BenchProcess>): Promise<(kind: string) => Burst> {
  const bursts = new Map<string, Burst[]>();
  for (const { address } of gateways.values()) await burst(address, WARM_UP_SECONDS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [kind, { address }] of gateways) {
      bursts.set(kind, [...(bursts.get(kind) ?? []), await burst(address, SECONDS)]);
    }
  }
  return (kind) => middle(bursts.get(kind) ?? []);
}

function row(what: string, measured: Burst, comparedWith: string, base: Burst): Row {
  const { perSecond, p50Ms, p99Ms } = measured;
  return {
    what,
    value: `${perSecond.toFixed(0)}/s, p50 ${p50Ms} ms, p99 ${p99Ms} ms`,
    compared: `${(perSecond / base.perSecond).toFixed(2)} of ${comparedWith}`,
  };
}

async function stopAll(processes: BenchProcess[]): Promise<void> {
  await Promise.all(processes.map((running) => running.stop()));
}

if (require.main === module) {
  run().then(
    (rows) => print('Gateway and RPC', rows),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
