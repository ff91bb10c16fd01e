import { Injectable } from '@nestjs/common';
import type { ConnectionOptions } from 'snowflake-sdk';
import { isStorable } from '@snowflow/contracts/dto/storable-text';
import { AppError } from '@snowflow/contracts/errors/app-error';
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
    refuseBroken(credentials);
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

/** These go into the address of the login; where they can't, the driver throws where nobody catches it. */
function refuseBroken({ role, warehouse, database, schema }: Credentials): void {
  for (const [what, name] of Object.entries({ role, warehouse, database, schema })) {
    if (name === undefined || isStorable(name)) continue;
    throw new AppError('VALIDATION', `The name of the ${what} has a broken character in it. Write it anew.`);
  }
}

function present(credentials: Credentials): Partial<ConnectionOptions> {
  return Object.fromEntries(Object.entries(credentials).filter(([, value]) => value !== undefined));
}
