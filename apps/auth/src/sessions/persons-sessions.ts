import { Inject, Injectable } from '@nestjs/common';
import type { AppRole, SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { ENV } from '../core-tokens';
import type { AuthEnv } from '../env';
import { EndingService } from './ending.service';

/** All sessions of one person together. */
@Injectable()
export class PersonsSessions {
  constructor(
    @Inject(ENV) private readonly env: Pick<AuthEnv, 'SESSIONS_PER_PERSON'>,
    private readonly sessions: SessionStore,
    private readonly ending: EndingService,
  ) {}

  /** Those a person signed in to; what stored credentials opened is not among them. */
  async list(tenantId: string, userId: string): Promise<SessionRecord[]> {
    const all = await this.sessions.list(tenantId, userId);
    return all.filter(({ authenticator }) => authenticator !== 'credential');
  }

  /** Every session has the role from now on; access tokens that were signed before are refused and must be refreshed. */
  async setAppRole(tenantId: string, userId: string, appRole: AppRole): Promise<void> {
    const others = (await this.sessions.list(tenantId, userId)).filter((record) => record.appRole !== appRole);
    await Promise.all(others.map(({ id }) => this.sessions.changeRights(id, { appRole })));
  }

  /** Ends the oldest where there are too many; their runs go on. */
  async endOldest(tenantId: string, userId: string): Promise<void> {
    const tooMany = (await this.list(tenantId, userId)).slice(Math.max(1, this.env.SESSIONS_PER_PERSON));
    await Promise.all(tooMany.map((record) => this.ending.end(record, 'finish')));
  }

  /** Signs the person out everywhere; answers how many sessions ended. */
  async endAll(tenantId: string, userId: string, runs: 'finish' | 'cancel'): Promise<number> {
    const records = await this.list(tenantId, userId);
    await Promise.all(records.map((record) => this.ending.end(record, runs)));
    return records.length;
  }

  /** The person has left: nothing of theirs goes on, stored credentials' sessions neither. */
  async endForGood(tenantId: string, userId: string): Promise<void> {
    const records = await this.sessions.list(tenantId, userId);
    await Promise.all(records.map((record) => this.ending.end(record, 'cancel')));
  }
}
