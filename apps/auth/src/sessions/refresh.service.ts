import { Injectable } from '@nestjs/common';
import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import type { TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { membershipOf } from '../members/membership';
import { PeopleRepository } from '../people/people.repository';
import { TenantRules } from '../tenants/tenant-rules';
import { RefreshTokens } from '../tokens/refresh-tokens';
import { EndingService } from './ending.service';
import { IssueTokens } from './issue-tokens';
import { LiveChecks, Liveness } from './live-checks';
import { PersonsSessions } from './persons-sessions';
import { lifeOf, secondsLeft } from './session-life';
import { sessionEnded } from './sessions.service';

/** New tokens for a session that Snowflake still lets work. */
@Injectable()
export class RefreshService {
  constructor(
    private readonly sessions: SessionStore,
    private readonly refreshTokens: RefreshTokens,
    private readonly issueTokens: IssueTokens,
    private readonly liveChecks: LiveChecks,
    private readonly rules: TenantRules,
    private readonly people: PeopleRepository,
    private readonly personsSessions: PersonsSessions,
    private readonly ending: EndingService,
  ) {}

  /**
   * Snowflake is asked before the token is taken: where it can't be asked the same token is good for another try; and where the answer is
   * lost, a repetition within a minute brings the same one. A role that was
   * revoked does not end the session: the person is told, and chooses another one; nothing runs under it meanwhile.
   */
  async refresh(token: string): Promise<Required<ConnectReply>> {
    const sessionId = this.refreshTokens.sessionOf(token);
    const record = sessionId === undefined ? undefined : await this.sessions.find(sessionId);
    if (!record) throw sessionEnded();
    if ((await this.refreshTokens.stateOf(record.id, token)) !== 'good') return this.rotate(record, token, record);

    const { roles, roleRevoked } = await this.checkLive(record);
    const settings = await this.rules.of(record.tenantId, false);
    if (roles) await this.renewMembership(record, roles, settings);
    const reply = await this.rotate(record, token, lifeOf(settings, record));
    return roleRevoked ? { ...reply, session: { ...reply.session, roleRevoked } } : reply;
  }

  private async rotate(
    record: SessionRecord,
    token: string,
    { idleSeconds, expiresAt }: Pick<SessionRecord, 'idleSeconds' | 'expiresAt'>,
  ): Promise<Required<ConnectReply>> {
    const rotation = await this.refreshTokens.rotate(record.id, token, secondsLeft({ idleSeconds, expiresAt }));
    if (rotation.state === 'unknown') throw sessionEnded();
    if (rotation.state === 'reused') {
      await this.ending.end(record, 'finish');
      throw new AppError(
        'REFRESH_REUSED',
        'This refresh token was used before, so the session was ended. Sign in again.',
      );
    }
    const lastSeenAt = new Date().toISOString();
    const seen = await this.sessions.touch(record.id, { lastSeenAt, idleSeconds, expiresAt });
    if (!seen) throw sessionEnded();
    return this.issueTokens.reply(seen, rotation.token);
  }

  private async checkLive(record: SessionRecord): Promise<Liveness> {
    try {
      return await this.liveChecks.check(record);
    } catch (error) {
      if (error instanceof AppError && error.code === 'SNOWFLAKE_SESSION_ENDED')
        await this.ending.end(record, 'finish');
      throw error;
    }
  }

  /** Who lost the role that made them an owner, or a member, in Snowflake is none here any more. */
  private async renewMembership(record: SessionRecord, roles: string[], settings: TenantSettings): Promise<void> {
    const membership = await this.people.arrive(record, (known) => membershipOf(roles, settings, known));
    if (!membership) {
      await this.ending.end(record, 'cancel');
      throw new AppError(
        'NOT_A_MEMBER',
        `${record.username} is no longer a member of ${record.account} here. Ask an owner or admin for an invitation.`,
      );
    }
    await this.personsSessions.setAppRole(record.tenantId, record.userId, membership.appRole);
  }
}
