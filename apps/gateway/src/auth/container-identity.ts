import type { ConnectRequest } from '@snowflow/contracts/auth/auth.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { FastifyRequest } from 'fastify';

const USER_TOKEN_HEADER = 'sf-context-current-user-token';
const USER_HEADER = 'sf-context-current-user';

/**
 * Who Snowflake's ingress says is calling; it sets these headers itself and lets nobody else set them. Only inside a Native App are they
 * believed: `stripContainerHeaders` takes them away everywhere else.
 */
export function containerToken(
  body: ConnectRequest,
  { headers }: Pick<FastifyRequest, 'headers'>,
  isNativeApp: boolean,
): Pick<ConnectRequest, 'username' | 'token'> {
  if (body.authenticator !== 'container') return {};
  const token = headers[USER_TOKEN_HEADER];
  const username = headers[USER_HEADER];
  if (!isNativeApp || typeof token !== 'string' || typeof username !== 'string') {
    throw new AppError(
      'METHOD_REFUSED',
      'This sign-in works only inside Snowflake, where SnowFlow runs as a Native App.',
    );
  }
  return { username, token };
}

/**
 * Whether a session is of somebody else than who Snowflake's ingress says is calling: two people at one browser, of whom the first has not
 * signed out here. Who signed in another way may be somebody else to Snowflake than to its ingress.
 */
export function isOfSomebodyElse(
  { authenticator, username }: Pick<SessionRecord, 'authenticator' | 'username'>,
  { headers }: Pick<FastifyRequest, 'headers'>,
): boolean {
  const caller = headers[USER_HEADER];
  if (authenticator !== 'container' || caller === undefined) return false;
  return typeof caller !== 'string' || caller.toUpperCase() !== username.toUpperCase();
}

/** Removes what only Snowflake's ingress may say. */
export function stripContainerHeaders({ headers }: Pick<FastifyRequest, 'headers'>): void {
  for (const name of Object.keys(headers)) if (name.startsWith('sf-context-')) delete headers[name];
}
