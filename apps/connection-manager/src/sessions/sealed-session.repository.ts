import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { LuaScript } from '../redis/lua-script';
import type { OauthRenewal } from '../sign-in/sign-in-strategy';
import { SEALER } from '../tokens';
import { sessionKeys } from './session-keys';
import type { SessionTokens } from './session-tokens';

/** Whose Snowflake session it is. */
export interface SessionRef {
  tenantId: string;
  sessionId: string;
}

/** A Snowflake session as every replica can take it up. */
export interface StoredSession {
  account: string;
  /** Who wrote the tokens: another version of the driver may not read them. */
  driver: string;
  tokens: SessionTokens;
  /** With what it can be begun anew once Snowflake has ended it; only where the person signed in by OAuth. */
  renewal?: OauthRenewal;
  /** When the sign-in is over that `renewal` may go on for. */
  signInEndsAtMs?: number;
}

export interface VersionedSession extends StoredSession {
  version: number;
}

/** What can be begun anew outlives its tokens, but never its sign-in. */
const keptUntilMs = ({ tokens, renewal, signInEndsAtMs }: StoredSession) =>
  Math.ceil(renewal && signInEndsAtMs !== undefined ? signInEndsAtMs : tokens.masterExpiresAtMs);

const bindingOf = ({ tenantId, sessionId }: SessionRef) => `${tenantId}|${sessionId}`;

/**
 * Writes only over the version that was read; answers the version it then has, or 0 where somebody else was first. ARGV: version read,
 * sealed, when it goes, by how much the version grows.
 */
const replaceIfUnchanged = new LuaScript<number>(`
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
if version ~= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'version', version + ARGV[4], 'sealed', ARGV[2])
redis.call('PEXPIREAT', KEYS[1], ARGV[3])
return version + ARGV[4]
`);

/** Sealed sessions in Redis: AES-256-GCM, bound to tenant and session. */
@Injectable()
export class SealedSessionRepository {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  /** Undefined also where it was sealed for another tenant or by a key that is gone: to who asks there is no session. */
  async find(ref: SessionRef): Promise<VersionedSession | undefined> {
    const [version, sealed] = await this.redis.hmget(sessionKeys.record(ref.sessionId), 'version', 'sealed');
    if (!version || !sealed) return undefined;
    const stored = this.unseal(ref, sealed);
    return stored && { ...stored, version: Number(version) };
  }

  /** `overVersion` 0 writes the first. Answers the new version, or undefined where another replica wrote before. */
  replace(ref: SessionRef, session: StoredSession, overVersion: number): Promise<number | undefined> {
    return this.write(ref, session, overVersion, 1);
  }

  /** Changes what the next renewal needs, not the tokens: who waits for newer ones waits on. */
  async amend(ref: SessionRef, session: StoredSession, version: number): Promise<void> {
    await this.write(ref, session, version, 0);
  }

  private async write(ref: SessionRef, session: StoredSession, overVersion: number, step: 0 | 1) {
    const { account, driver, tokens, renewal, signInEndsAtMs } = session;
    const text = JSON.stringify({ account, driver, tokens, renewal, signInEndsAtMs });
    const sealed = this.sealer.seal(text, bindingOf(ref));
    const version = await replaceIfUnchanged.run(
      this.redis,
      [sessionKeys.record(ref.sessionId)],
      [overVersion, sealed, keptUntilMs(session), step],
    );
    return version === 0 ? undefined : version;
  }

  private unseal(ref: SessionRef, sealed: string): StoredSession | undefined {
    try {
      return JSON.parse(this.sealer.open(sealed, bindingOf(ref))) as StoredSession;
    } catch {
      return undefined;
    }
  }

  async remove({ sessionId }: SessionRef): Promise<void> {
    await this.redis.del(
      sessionKeys.record(sessionId),
      sessionKeys.state(sessionId),
      sessionKeys.running(sessionId),
      sessionKeys.heartbeat(sessionId),
    );
  }
}
