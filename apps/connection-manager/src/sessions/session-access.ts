import { Injectable } from '@nestjs/common';
import { AccountDirectory } from '../accounts/account-directory';
import { SnowflakeDriver } from '../driver/snowflake-driver';
import { SnowflakeFailure } from '../driver/snowflake-failure';
import { sessionEnded, toAppError } from '../errors/to-app-error';
import type { LiveSession } from './live-session';
import { LiveSessions } from './live-sessions';
import { SealedSessionRepository, type SessionRef, type VersionedSession } from './sealed-session.repository';
import { SessionRenewal } from './session-renewal';
import { serializeTokens } from './session-tokens';

/**
 * A request that met a dead token was never looked at and may be sent again. Where tokens live for seconds and the machine is busy
 * that can happen many times; a session that is really over ends this by itself, for it can't be renewed.
 */
const MOST_ATTEMPTS = 40;

/** Takes up a session in this process, from the cache or from Redis, and keeps its tokens fresh. */
@Injectable()
export class SessionAccess {
  constructor(
    private readonly live: LiveSessions,
    private readonly repository: SealedSessionRepository,
    private readonly renewal: SessionRenewal,
    private readonly accounts: AccountDirectory,
    private readonly driver: SnowflakeDriver,
  ) {}

  /**
   * Runs `work` on the session; again, with newer tokens, where Snowflake refused the token. `version` is what Redis is known to hold.
   * Throws AppErrors only.
   */
  async use<Result>(ref: SessionRef, work: (session: LiveSession) => Promise<Result>, version = 0): Promise<Result> {
    let session = await this.current(ref, version);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work(session);
      } catch (error) {
        const refused = error instanceof SnowflakeFailure && error.kind === 'session';
        if (!refused || attempt === MOST_ATTEMPTS) throw toAppError(error);
        session = await this.newer(session);
      }
    }
  }

  /** The session at `version` or newer, renewed where its token is about to expire. */
  private async current(ref: SessionRef, version: number): Promise<LiveSession> {
    const cached = this.live.get(ref.tenantId, ref.sessionId);
    const session = cached && cached.version >= version ? cached : await this.load(ref);
    if (Date.now() < session.tokens.renewAfterMs) return session;
    try {
      return await this.newer(session);
    } catch (error) {
      if (Date.now() < session.tokens.sessionExpiresAtMs) return session;
      throw error;
    }
  }

  private async load(ref: SessionRef): Promise<LiveSession> {
    const stored = await this.repository.find(ref);
    if (!stored) throw sessionEnded();
    return this.takeUp(ref, stored);
  }

  private async newer(session: LiveSession): Promise<LiveSession> {
    const { ref, endpoint, version } = session;
    const cached = this.live.get(ref.tenantId, ref.sessionId);
    if (cached && cached.version > version) return cached;
    try {
      return this.takeUp(ref, await this.renewal.newerThan(ref, endpoint, version));
    } catch (error) {
      this.live.forget(session);
      throw error;
    }
  }

  private takeUp(ref: SessionRef, { version, tokens, account, driver }: VersionedSession): LiveSession {
    if (driver !== this.driver.version) throw sessionEnded();
    const cached = this.live.get(ref.tenantId, ref.sessionId);
    if (cached && cached.version >= version) return cached;
    const endpoint = this.accounts.endpointOf(account);
    const connection = this.driver.resume(endpoint, serializeTokens(tokens));
    const session: LiveSession = { ref, endpoint, version, tokens, connection };
    this.live.put(session);
    return session;
  }
}
