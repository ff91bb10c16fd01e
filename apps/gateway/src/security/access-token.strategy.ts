import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { AppError } from '@snowflow/contracts/errors/app-error';
import {
  ACCESS_TOKEN_AUDIENCE,
  ACCESS_TOKEN_ISSUER,
  AccessTokenClaims,
} from '@snowflow/contracts/sessions/access-token';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-jwt';
import { isOfSomebodyElse } from '../auth/container-identity';
import type { Person } from '../scope/person';
import { accessTokenOf } from './cookies';
import { PublicKeys } from './public-keys';

/** Proves an access token, then that its session still is: a session's record gone, or of a newer version, means the token is dead. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, 'access-token') {
  constructor(
    keys: PublicKeys,
    private readonly sessions: SessionStore,
  ) {
    super({
      jwtFromRequest: accessTokenOf,
      secretOrKeyProvider: (
        _request: unknown,
        token: string,
        done: (error: Error | null, key?: string | Buffer) => void,
      ) => {
        const key = keys.find(kidOf(token));
        // It goes to jsonwebtoken, which takes a KeyObject; passport-jwt's types do not say so.
        done(key === undefined ? new Error('Signed by an unknown key') : null, key as unknown as Buffer | undefined);
      },
      algorithms: ['ES256'],
      issuer: ACCESS_TOKEN_ISSUER,
      audience: ACCESS_TOKEN_AUDIENCE,
      passReqToCallback: true,
    });
  }

  async validate(request: FastifyRequest, claims: AccessTokenClaims): Promise<Person> {
    const session = await this.sessions.find(claims.sid);
    if (session?.tenantId !== claims.tid || session.userId !== claims.sub || session.version !== claims.ver) {
      throw new AppError('SESSION_ENDED', 'The session has ended. Sign in again.');
    }
    if (isOfSomebodyElse(session, request)) {
      throw new AppError('SESSION_ENDED', 'This session is of another user of Snowflake. Sign in again as yourself.');
    }
    return { tenantId: session.tenantId, sessionId: session.id, userId: session.userId };
  }
}

function kidOf(token: string): unknown {
  try {
    const header: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && 'kid' in header ? header.kid : undefined;
  } catch {
    return undefined;
  }
}
