import { Gauge } from 'prom-client';
import { metrics } from '@snowflow/platform/metrics/metrics';
import { answeredSoon } from '@snowflow/transport/answered-soon';

const registers = [metrics()];

/** The queue of the whole installation at one moment. */
export interface QueueDepth {
  waiting: number;
  underWay: number;
  /** Their worker was silent for too long, and nobody has taken them over yet. */
  orphaned: number;
  oldestWaitSeconds: number;
}

/** Who can tell; the queue is one, so the first answer counts. */
export const queueDepths = new Set<() => Promise<QueueDepth>>();

const oldest = new Gauge({
  name: 'snowflow_run_queue_oldest_seconds',
  help: 'How long the run that waits longest has waited, over the whole installation; take the maximum over processes',
  registers,
});

new Gauge({
  name: 'snowflow_run_queue_runs',
  help: 'Runs of the whole installation that wait, are under way, or whose lease ran out; take the maximum over processes',
  labelNames: ['state'],
  registers,
  async collect() {
    this.reset();
    oldest.remove();
    const [ask] = queueDepths;
    const depth = ask && (await answeredSoon(ask()));
    if (!depth) return;
    this.set({ state: 'waiting' }, depth.waiting);
    this.set({ state: 'under way' }, depth.underWay);
    this.set({ state: 'orphaned' }, depth.orphaned);
    oldest.set(depth.oldestWaitSeconds);
  },
});
