import { Histogram } from 'prom-client';
import { metrics } from '@snowflow/platform/metrics/metrics';

export const statementCalls = new Histogram({
  name: 'snowflow_snowflake_call_seconds',
  help: 'How long Snowflake took for a call about a statement: submit, wait, execute, describe or read, by how it ended',
  labelNames: ['call', 'outcome'],
  buckets: [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60],
  registers: [metrics()],
});
