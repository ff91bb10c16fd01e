import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import type { Endpoint } from '../accounts/endpoint';
import { sessionEnded } from '../errors/to-app-error';
import { OauthFlow } from '../oauth/oauth-flow';
import { RenewingClients } from '../oauth/renewing-clients';
import { LOGIN_MS } from '../sign-in/sign-in-strategy';
import { SnowflakeLogin } from '../sign-in/snowflake-login';
import {
  SealedSessionRepository,
  type SessionRef,
  type StoredSession,
  type VersionedSession,
} from './sealed-session.repository';
import { sessionKeys } from './session-keys';
import { setUpSession } from './session-setup';
import { tokensOf } from './session-tokens';

/**
 * Begins a Snowflake session anew that can't be renewed any more, in the background, where the person signed in by OAuth. Theirs stays
 * the same session here; what Snowflake has under it is new, so its context is taken anew before the next statement.
 */
@Injectable()
export class SessionRebirth {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly clients: RenewingClients,
    private readonly flow: OauthFlow,
    private readonly logins: SnowflakeLogin,
    private readonly repository: SealedSessionRepository,
  ) {}

  /** Throws SNOWFLAKE_SESSION_ENDED where nothing can renew it, or the provider no longer does. */
  async of(ref: SessionRef, endpoint: Endpoint, stored: VersionedSession): Promise<StoredSession> {
    if (!stored.renewal) throw sessionEnded();
    const { client: name, refreshToken } = stored.renewal;
    const client = await this.clients.find(ref.tenantId, name).catch(giveUp);
    const tokens = await this.flow.refresh(client, refreshToken, endpoint).catch(giveUp);
    const renewal = { client: name, refreshToken: tokens.refreshToken };
    // A provider that rotates has ended the former one: whatever fails from here on, the next try has the one that is good.
    if (tokens.refreshToken !== refreshToken) await this.repository.amend(ref, { ...stored, renewal }, stored.version);
    const credentials = { authenticator: 'OAUTH' as const, token: tokens.accessToken };
    const signal = AbortSignal.timeout(LOGIN_MS);
    const { connection } = await this.logins.withCredentials(endpoint, credentials, signal).catch(giveUp);
    try {
      await setUpSession(connection, signal);
      await this.redis.hdel(sessionKeys.state(ref.sessionId), 'context', 'actual');
      return { ...stored, tokens: tokensOf(connection.serialize()), renewal };
    } finally {
      connection.dispose();
    }
  }
}

const OVER = new Set(['OAUTH_NOT_SET_UP', 'OAUTH_FAILED', 'SNOWFLAKE_LOGIN_FAILED']);

/** What the settings, the provider or Snowflake refuse is over; what does not answer may answer the next time. */
function giveUp(error: unknown): never {
  const isRefusal = error instanceof AppError && OVER.has(error.code);
  throw isRefusal ? sessionEnded(error) : error;
}
