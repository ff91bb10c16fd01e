import { Counter, Gauge, Histogram, register } from 'prom-client';
import { answeredSoon } from './answered-soon';

const registers = [register];
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** How many requests of a service nobody has read yet, and how many were read and are not done. */
export interface StreamDepth {
  unread: number;
  unanswered: number;
}

/** By service, of the streams that this process reads; Redis is asked when they are shown. */
export const streamDepths = new Map<string, () => Promise<StreamDepth>>();

/** By caller, the calls that wait for a reply. */
export const pendingCalls = new Set<() => number>();

/** By service, the requests that this process works on. */
export const requestsUnderWay = new Map<string, () => number>();

export const callsEnded = new Counter({
  name: 'snowflow_rpc_calls_total',
  help: 'Calls of other services that ended, by pattern and outcome: ok or the code of the error',
  labelNames: ['pattern', 'outcome'],
  registers,
});

export const callSeconds = new Histogram({
  name: 'snowflow_rpc_call_seconds',
  help: 'How long calls of other services took, as the caller sees it',
  labelNames: ['pattern'],
  buckets: SECONDS,
  registers,
});

export const requestsHandled = new Counter({
  name: 'snowflow_rpc_requests_total',
  help: 'Requests of other services that were handled, by pattern and outcome: ok or the code of the error',
  labelNames: ['pattern', 'outcome'],
  registers,
});

export const requestSeconds = new Histogram({
  name: 'snowflow_rpc_request_seconds',
  help: 'How long handlers took for requests of other services',
  labelNames: ['pattern'],
  buckets: SECONDS,
  registers,
});

new Gauge({
  name: 'snowflow_rpc_calls_waiting',
  help: 'Calls of this process that wait for a reply',
  registers,
  collect() {
    this.set([...pendingCalls].reduce((sum, count) => sum + count(), 0));
  },
});

new Gauge({
  name: 'snowflow_rpc_requests_under_way',
  help: 'Requests that this process works on',
  labelNames: ['service'],
  registers,
  collect() {
    this.reset();
    for (const [service, count] of requestsUnderWay) this.set({ service }, count());
  },
});

new Gauge({
  name: 'snowflow_rpc_stream_requests',
  help: 'Requests in the stream of a service, over all replicas: unread, or read and not answered yet',
  labelNames: ['service', 'state'],
  registers,
  async collect() {
    // What is not known is not shown: a number of before would be taken for one of now.
    this.reset();
    const known = [...streamDepths].map(async ([service, ask]) => {
      const depth = await answeredSoon(ask());
      if (!depth) return;
      this.set({ service, state: 'unread' }, depth.unread);
      this.set({ service, state: 'unanswered' }, depth.unanswered);
    });
    await Promise.all(known);
  },
});
