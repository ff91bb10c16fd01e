import { Counter, Gauge, Histogram } from 'prom-client';
import { metrics } from '@snowflow/platform/metrics/metrics';

const registers = [metrics()];

/** Of each worker in this process, how many leases it holds. */
export const leaseCounts = new Set<() => number>();

new Gauge({
  name: 'snowflow_run_leases_held',
  help: 'Runs that this process executes, each under a lease',
  registers,
  collect() {
    this.set([...leaseCounts].reduce((sum, count) => sum + count(), 0));
  },
});

export const leasesLost = new Counter({
  name: 'snowflow_run_leases_lost_total',
  help: 'Runs that another worker took over while this process executed them',
  registers,
});

export const runsEnded = new Counter({
  name: 'snowflow_runs_ended_total',
  help: 'Runs that this process brought to their end, by how they ended',
  labelNames: ['status'],
  registers,
});

export const runWait = new Histogram({
  name: 'snowflow_run_wait_seconds',
  help: 'From the moment a run was accepted to a worker taking it up for the first time',
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
  registers,
});

export const statementSeconds = new Histogram({
  name: 'snowflow_run_statement_seconds',
  help: 'How long statements of runs took, from their sending to their end in Snowflake, by what they do and how they ended',
  labelNames: ['kind', 'outcome'],
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
  registers,
});
