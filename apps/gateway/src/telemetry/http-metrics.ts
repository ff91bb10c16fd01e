import { Counter, Gauge, Histogram } from 'prom-client';
import { metrics } from '@snowflow/platform/metrics/metrics';

const registers = [metrics()];

export const requestsEnded = new Counter({
  name: 'snowflow_http_requests_total',
  help: 'HTTP requests that ended, by method, route and status; aborted: the client left before the end. Those that are turned away at the door have the route refused',
  labelNames: ['method', 'route', 'status'],
  registers,
});

export const requestSeconds = new Histogram({
  name: 'snowflow_http_request_seconds',
  help: 'How long HTTP requests took, from the first line to the end of the answer; event streams last as long as they are read',
  labelNames: ['method', 'route'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  registers,
});

export const requestsUnderWay = new Gauge({
  name: 'snowflow_http_requests_under_way',
  help: 'HTTP requests that are not answered yet',
  registers,
});

export const eventStreamsOpen = new Gauge({
  name: 'snowflow_run_event_streams_open',
  help: 'Clients that follow the events of a run just now',
  registers,
});

export const eventLag = new Histogram({
  name: 'snowflow_run_event_lag_seconds',
  help: 'From the moment of a run event to its being handed to a client that follows the run',
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
  registers,
});
