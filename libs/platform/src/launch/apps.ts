/** Variables that only those get who need them. */
export const SENSITIVE = [
  'DATABASE_URL',
  'REDIS_URL',
  'SEALING_KEYS',
  'JWT_PRIVATE_KEY',
  'JWT_PUBLIC_KEYS',
  'SMTP_URL',
  'MODEL_ENDPOINT_KEY',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const;

/** One program of SnowFlow. */
export interface App {
  name: string;
  /** Its entry file below the root of a build. */
  entry: string;
  /** The variable of its health port. */
  healthPort: string;
  needs: readonly (typeof SENSITIVE)[number][];
}

/** All that a request or a run passes through. */
export const SERVICES = [
  {
    name: 'auth',
    entry: 'apps/auth/src/main.js',
    healthPort: 'AUTH_HEALTH_PORT',
    needs: ['REDIS_URL', 'DATABASE_URL', 'SEALING_KEYS', 'JWT_PRIVATE_KEY', 'OTEL_EXPORTER_OTLP_HEADERS'],
  },
  {
    name: 'catalog',
    entry: 'apps/catalog/src/main.js',
    healthPort: 'CATALOG_HEALTH_PORT',
    needs: ['REDIS_URL', 'SEALING_KEYS', 'OTEL_EXPORTER_OTLP_HEADERS'],
  },
  {
    name: 'connection-manager',
    entry: 'apps/connection-manager/src/main.js',
    healthPort: 'CONNECTIONS_HEALTH_PORT',
    needs: ['REDIS_URL', 'SEALING_KEYS', 'OTEL_EXPORTER_OTLP_HEADERS'],
  },
  {
    name: 'workflow',
    entry: 'apps/workflow/src/main.js',
    healthPort: 'WORKFLOW_HEALTH_PORT',
    needs: ['REDIS_URL', 'DATABASE_URL', 'SEALING_KEYS', 'OTEL_EXPORTER_OTLP_HEADERS'],
  },
  {
    name: 'worker',
    entry: 'apps/workflow/src/worker.js',
    healthPort: 'WORKER_HEALTH_PORT',
    needs: [
      'REDIS_URL',
      'DATABASE_URL',
      'SEALING_KEYS',
      'SMTP_URL',
      'MODEL_ENDPOINT_KEY',
      'OTEL_EXPORTER_OTLP_HEADERS',
    ],
  },
  {
    name: 'gateway',
    entry: 'apps/gateway/src/main.js',
    healthPort: 'GATEWAY_HEALTH_PORT',
    needs: ['REDIS_URL', 'SEALING_KEYS', 'JWT_PUBLIC_KEYS', 'OTEL_EXPORTER_OTLP_HEADERS'],
  },
] as const satisfies App[];

/** The demo account's server; there is always one. */
export const WAREHOUSE: App = {
  name: 'local-warehouse',
  entry: 'apps/local-warehouse/src/main.js',
  healthPort: 'WAREHOUSE_HEALTH_PORT',
  needs: [],
};
