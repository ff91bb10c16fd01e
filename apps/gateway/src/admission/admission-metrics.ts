import { Counter, Gauge } from 'prom-client';
import { metrics } from '@snowflow/platform/metrics/metrics';
import type { Admission } from './admission';

const registers = [metrics()];

/** Those whose numbers are shown; more than one in tests only. */
export const admissions = new Set<Admission>();

export const refusedRequests = new Counter({
  name: 'snowflow_http_refused_total',
  help: 'Requests refused because all places and the line were taken, the process was late, or the wait was over',
  labelNames: ['reason'],
  registers,
});

const shown = (name: string, help: string, of: (admission: Admission) => number) =>
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set([...admissions].reduce((sum, admission) => sum + of(admission), 0));
    },
  });

shown('snowflow_http_places_held', 'Requests that hold a place', ({ underWay }) => underWay);
shown('snowflow_http_requests_in_line', 'Requests that wait for a place', ({ waiting }) => waiting);
