import { Counter, Gauge, Histogram } from 'prom-client';
import { answeredSoon } from '@snowflow/transport/answered-soon';
import { metrics } from '@snowflow/platform/metrics/metrics';

const registers = [metrics()];

/** Counts that only Redis knows are asked for when they are shown. */
export const placeCounters = new Set<() => Promise<number>>();

export const waitingForPlace = new Gauge({
  name: 'snowflow_statements_waiting_for_place',
  help: 'Statements that wait in this process for a place of their tenant',
  registers,
});

export const placesRefused = new Counter({
  name: 'snowflow_statements_refused_total',
  help: 'Statements refused because the line was full or the wait was over',
  labelNames: ['reason'],
  registers,
});

export const placeWait = new Histogram({
  name: 'snowflow_statement_place_wait_seconds',
  help: 'How long statements that had to wait for a place waited',
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30],
  registers,
});

new Gauge({
  name: 'snowflow_statement_places_held',
  help: 'Statements under way, on all replicas, of the tenants that this process has lately served',
  registers,
  async collect() {
    this.remove();
    const counted = await Promise.all([...placeCounters].map((count) => answeredSoon(count())));
    // Without an answer of all of them the sum would be taken for less than it is.
    const known = counted.filter((count) => count !== undefined);
    if (known.length === counted.length) this.set(known.reduce((sum, count) => sum + count, 0));
  },
});
