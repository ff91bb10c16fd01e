import { Injectable } from '@nestjs/common';
import type { ConnectionOptions } from 'snowflake-sdk';
import type { Endpoint } from '../accounts/endpoint';
import { driverCore, driverVersion } from './driver-core';
import { driverCalls, type DriverCall } from './driver-call';
import { toFailure } from './driver-error';
import { Egress } from '../net/egress';
import { GuardedHttpClient } from './guarded-http-client';
import { SdkConnection } from './sdk-connection';
import { Credentials, DriverConnection, SnowflakeDriver } from './snowflake-driver';

/** A reply that takes longer than this is given up; Snowflake's long poll answers within 45 s. */
const REQUEST_TIMEOUT_MS = 60_000;

const optionsOf = ({ account, origin }: Endpoint): ConnectionOptions => ({
  account,
  accessUrl: origin,
  application: 'SnowFlow',
  timeout: REQUEST_TIMEOUT_MS,
  clientSessionKeepAlive: false,
  // Without it `destroy` would end the session in Snowflake, for every replica.
  serverSessionKeepAlive: true,
  disableQueryContextCache: true,
  sfRetryMaxLoginRetries: 0,
  rowMode: 'array',
  streamResult: true,
  representNullAsStringNull: false,
  resultPrefetch: 1,
  // Its elements are batches of rows.
  rowStreamHighWaterMark: 1,
});

/** The only place that opens driver connections. */
@Injectable()
export class SnowflakeSdkDriver extends SnowflakeDriver {
  readonly version = `snowflake-sdk ${driverVersion}`;

  constructor(egress: Egress) {
    super();
    GuardedHttpClient.egress = egress;
  }

  async login(endpoint: Endpoint, credentials: Credentials, signal: AbortSignal): Promise<DriverConnection> {
    const call: DriverCall = { signal };
    return driverCalls.run(call, async () => {
      const connection = driverCore.createConnection({ ...optionsOf(endpoint), ...present(credentials) });
      // For a private link host the driver would set an environment variable that every connection of the process obeys.
      connection.setupOcspPrivateLink = () => undefined;
      await new Promise<void>((resolve, reject) =>
        connection.connect((error) => (error ? reject(toFailure(error, call)) : resolve())),
      );
      return new SdkConnection(connection);
    });
  }

  resume(endpoint: Endpoint, serialized: string): DriverConnection {
    return new SdkConnection(driverCore.deserializeConnection(optionsOf(endpoint), serialized));
  }
}

function present(credentials: Credentials): Partial<ConnectionOptions> {
  return Object.fromEntries(Object.entries(credentials).filter(([, value]) => value !== undefined));
}
