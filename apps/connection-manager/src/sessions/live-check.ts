import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { roleRevoked } from '../errors/role-revoked';
import { sessionEnded } from '../errors/to-app-error';
import type { SessionRef } from './sealed-session.repository';
import { SessionAccess } from './session-access';
import { sessionKeys } from './session-keys';

export const LIVE_CHECK_SECONDS = Symbol('LIVE_CHECK_SECONDS');

const SQL = 'SELECT CURRENT_AVAILABLE_ROLES()';
const ASK_MS = 10_000;
const LOOK_AGAIN_MS = 50;
/** Snowflake's codes of logins, users, policies and tokens. */
const AUTHENTICATION_CODE = /^39\d{4}$/;

/** Asks Snowflake, now and then and once for all replicas, whether it still lets a session work, and which roles it grants. */
@Injectable()
export class LiveCheck {
  private readonly asking = new Map<string, Promise<string[]>>();

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(LIVE_CHECK_SECONDS) private readonly everySeconds: number,
    private readonly access: SessionAccess,
  ) {}

  /**
   * `heard` is what was last kept of the session, empty where that is nothing or too old. Throws SNOWFLAKE_SESSION_ENDED, or
   * ROLE_REVOKED; a role is missing only where Snowflake has just said so.
   */
  async require(ref: SessionRef, role: string | null, heard: string): Promise<string[]> {
    const isKept = heard !== '' && this.everySeconds > 0;
    let roles = isKept ? (JSON.parse(heard) as string[]) : await this.ask(ref);
    if (role === null || roles.includes(role)) return roles;
    if (isKept) {
      await this.redis.del(sessionKeys.live(ref.sessionId));
      roles = await this.ask(ref);
      if (roles.includes(role)) return roles;
    }
    throw roleRevoked(role);
  }

  /** What was last heard of the session, for `require`. */
  async heard({ sessionId }: SessionRef): Promise<string> {
    return (await this.redis.get(sessionKeys.live(sessionId))) ?? '';
  }

  private ask(ref: SessionRef): Promise<string[]> {
    if (this.everySeconds === 0) return this.fetch(ref);
    const underWay = this.asking.get(ref.sessionId);
    if (underWay) return underWay;
    const asking = this.askForAll(ref).finally(() => this.asking.delete(ref.sessionId));
    this.asking.set(ref.sessionId, asking);
    return asking;
  }

  /** One replica asks; the others take its answer, and ask themselves where none comes. */
  private async askForAll(ref: SessionRef): Promise<string[]> {
    const lease = sessionKeys.liveAsked(ref.sessionId);
    while ((await this.redis.set(lease, '1', 'PX', ASK_MS, 'NX')) !== 'OK') {
      await pause(LOOK_AGAIN_MS);
      const heard = await this.heard(ref);
      if (heard !== '') return JSON.parse(heard) as string[];
    }
    try {
      const roles = await this.fetch(ref);
      await this.redis.set(sessionKeys.live(ref.sessionId), JSON.stringify(roles), 'EX', this.everySeconds);
      return roles;
    } finally {
      await this.redis.del(lease);
    }
  }

  private async fetch(ref: SessionRef): Promise<string[]> {
    try {
      return await this.access.use(ref, async ({ connection }) => {
        const result = await connection.execute({ sql: SQL }, AbortSignal.timeout(ASK_MS));
        let roles = '[]';
        for await (const [first] of result.rows(0, 0)) roles = first ?? '[]';
        return JSON.parse(roles) as string[];
      });
    } catch (error) {
      const code = error instanceof AppError ? error.details.snowflake?.code : undefined;
      throw code && AUTHENTICATION_CODE.test(code) ? sessionEnded(error) : error;
    }
  }
}
