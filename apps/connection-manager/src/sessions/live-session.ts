import type { Endpoint } from '../accounts/endpoint';
import type { DriverConnection } from '../driver/snowflake-driver';
import type { SessionTokens } from './session-tokens';
import type { SessionRef } from './sealed-session.repository';

/** A session taken up in this process, at one version of its tokens. */
export interface LiveSession {
  ref: SessionRef;
  endpoint: Endpoint;
  version: number;
  tokens: SessionTokens;
  connection: DriverConnection;
}
