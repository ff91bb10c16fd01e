import { list, parseEnv, text, whole } from '@snowflow/platform/env/env-schema';

/** What operators may set; every variable has a default, so that the demo starts by itself. */
export const warehouseEnv = {
  WAREHOUSE_HOST: text('address the Snowflake protocol listens on', { default: '127.0.0.1' }),
  WAREHOUSE_PORT: whole('port of the Snowflake protocol (0 = any free port)', { default: '8090' }),
  WAREHOUSE_DATA_DIR: text('folder of the accounts’ data', { default: '.snowflow/warehouse' }),
  WAREHOUSE_HEALTH_PORT: whole('port of the health pages (0 = any free port)', { default: '0' }),
  HEALTH_HOST: text('address the health pages listen on', { default: '127.0.0.1' }),
  WAREHOUSE_MEMORY_MB: whole('memory DuckDB may use, in megabytes', { default: '512' }),
  WAREHOUSE_EXTRA_ACCOUNTS: whole('how many accounts T001, T002, … are served beside demo and demo2', {
    default: '0',
  }),
  WAREHOUSE_MADE_UP_TABLES: whole('how many tables of a made-up estate account demo has besides, for trials at scale', {
    default: '0',
  }),
  WAREHOUSE_OAUTH_URL: text('origin of a server that plays Snowflake’s OAuth; empty: there is none', { default: '' }),
  WAREHOUSE_OAUTH_ISSUERS: list('origins of further servers whose access tokens are taken', { default: '' }),
  WAREHOUSE_SERVICE_TOKEN_FILE: text(
    'file with the token of a service that runs inside, as a Native App; empty: none does',
    {
      default: '',
    },
  ),
  WAREHOUSE_PUSH_TIMEOUT_SECONDS: whole('how long a pushed sign-in waits for approval', { default: '60' }),
  WAREHOUSE_SESSION_TOKEN_SECONDS: whole('how long a session token is valid', { default: '3600' }),
  WAREHOUSE_MASTER_TOKEN_SECONDS: whole('how long a master token is valid', { default: '14400' }),
};

export const env = parseEnv(warehouseEnv, process.env);
