import '../env';
import type * as Sdk from 'snowflake-sdk';
import createDriver from 'snowflake-sdk/dist/lib/core';
import driverAxios from 'snowflake-sdk/dist/lib/http/axios_instance';
import { driverName, driverVersion } from 'snowflake-sdk/dist/lib/util';
import { streamBatches } from './chunk-batches';
import { GuardedHttpClient } from './guarded-http-client';
import { parseVariant } from './variant-parser';

/** Says nothing, to nobody: the driver would log to stdout and a file, and take its level from files in the home directory. */
class SilentLogger {
  configure(): void {}
  error(): void {}
  warn(): void {}
  info(): void {}
  debug(): void {}
  trace(): void {}
}

// Snowflake never redirects the driver; following one could lead anywhere.
driverAxios.defaults.maxRedirects = 0;
streamBatches();

/** The driver put together from its own parts, as its index does, over our guarded HTTP client. */
export const driverCore = createDriver({
  httpClientClass: GuardedHttpClient,
  loggerClass: SilentLogger,
  client: { name: driverName, version: driverVersion, environment: process.versions },
}) as typeof Sdk;

driverCore.configure({ logLevel: 'OFF', jsonColumnVariantParser: parseVariant });

export { driverVersion };
