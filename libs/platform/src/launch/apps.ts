/** One program of SnowFlow: its name, its entry file below the root of a build, and the variable of its health port. */
export interface App {
  name: string;
  entry: string;
  healthPort: string;
}

/** All that a request or a run passes through. */
export const SERVICES = [
  { name: 'auth', entry: 'apps/auth/src/main.js', healthPort: 'AUTH_HEALTH_PORT' },
  { name: 'catalog', entry: 'apps/catalog/src/main.js', healthPort: 'CATALOG_HEALTH_PORT' },
  {
    name: 'connection-manager',
    entry: 'apps/connection-manager/src/main.js',
    healthPort: 'CONNECTIONS_HEALTH_PORT',
  },
  { name: 'workflow', entry: 'apps/workflow/src/main.js', healthPort: 'WORKFLOW_HEALTH_PORT' },
  { name: 'worker', entry: 'apps/workflow/src/worker.js', healthPort: 'WORKER_HEALTH_PORT' },
  { name: 'gateway', entry: 'apps/gateway/src/main.js', healthPort: 'GATEWAY_HEALTH_PORT' },
] as const satisfies App[];

/** The demo account's server; there is always one. */
export const WAREHOUSE: App = {
  name: 'local-warehouse',
  entry: 'apps/local-warehouse/src/main.js',
  healthPort: 'WAREHOUSE_HEALTH_PORT',
};
