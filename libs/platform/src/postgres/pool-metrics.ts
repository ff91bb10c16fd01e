import type { Pool } from 'pg';
import { Gauge } from 'prom-client';
import { metrics } from '../metrics/metrics';

const pools = new Set<{ name: string; pool: Pool }>();

/** Shows how a pool is used, until it ends. */
export function watchPool(name: string, pool: Pool): void {
  pools.add({ name, pool });
}

new Gauge({
  name: 'snowflow_postgres_pool',
  help: 'Of a pool of connections to PostgreSQL: connections in use, idle and at most, and who waits for one',
  labelNames: ['pool', 'state'],
  registers: [metrics()],
  collect() {
    this.reset();
    for (const watched of pools) {
      const { name, pool } = watched;
      if (pool.ended) pools.delete(watched);
      else {
        this.inc({ pool: name, state: 'used' }, pool.totalCount - pool.idleCount);
        this.inc({ pool: name, state: 'idle' }, pool.idleCount);
        this.inc({ pool: name, state: 'most' }, pool.options.max);
        this.inc({ pool: name, state: 'waiting' }, pool.waitingCount);
      }
    }
  },
});
