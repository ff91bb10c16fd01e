import { Injectable } from '@nestjs/common';
import type { SessionView } from '@snowflow/contracts/auth/auth.dto';
import type { OwnershipChallenge } from '@snowflow/contracts/auth/tenant.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ChangeLog, type Note } from '../audit/change-log';
import { Caller } from '../members/caller';
import { PeopleRepository, type Person } from '../people/people.repository';
import { PersonsSessions } from '../sessions/persons-sessions';
import { sessionView } from '../sessions/session-view';
import { ChallengeGrants } from './challenge-grants';
import { OwnershipChallenges } from './ownership-challenges';

/** For owners whose sign-in cannot show an owner's role, as OAuth's cannot: they prove it by what only such a role can do. */
@Injectable()
export class OwnershipService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly caller: Caller,
    private readonly challenges: OwnershipChallenges,
    private readonly grants: ChallengeGrants,
    private readonly people: PeopleRepository,
    private readonly personsSessions: PersonsSessions,
    private readonly changes: ChangeLog,
  ) {}

  async challenge(): Promise<OwnershipChallenge> {
    const { tenantId, userId, username } = await this.caller.session();
    const { role, expiresAt } = await this.challenges.issue(tenantId, userId);
    const user = `"${username.replaceAll('"', '""')}"`;
    return {
      sql: `USE ROLE SECURITYADMIN;\nCREATE ROLE ${role};\nGRANT MANAGE GRANTS ON ACCOUNT TO ROLE ${role};\nGRANT ROLE ${role} TO USER ${user};`,
      cleanUpSql: `USE ROLE SECURITYADMIN;\nDROP ROLE ${role};`,
      expiresAt,
    };
  }

  /** Asks Snowflake anew, for the grant is a moment old. */
  async prove(): Promise<SessionView> {
    const record = await this.caller.session();
    const { tenantId, userId, username } = record;
    const role = await this.challenges.find(tenantId, userId);
    if (!role) {
      throw new AppError(
        'VALIDATION',
        'There is no challenge, or it is over. Ask for a new one and run its statements.',
      );
    }
    const { roles } = await this.connections.checkLive({ context: record.context, fresh: true });
    if (!roles.includes(role) || !(await this.grants.mayManage(record, role))) {
      throw new AppError(
        'FORBIDDEN',
        `Snowflake does not grant ${role}, with MANAGE GRANTS on the account, to ${username} yet. Run all the statements, then try again.`,
      );
    }
    const note: Note<Person | undefined> = (db, found) =>
      this.changes.byPerson(db, record, {
        action: 'member.ownership-proved',
        object: { kind: 'member', id: userId, name: username },
        before: found && { appRole: found.app_role },
        after: { appRole: 'owner' },
      });
    await this.people.grant({ tenantId, userId, username }, { appRole: 'owner', because: 'proof' }, 'active', note);
    await this.challenges.forget(tenantId, userId);
    await this.personsSessions.setAppRole(tenantId, userId, 'owner');
    return sessionView(await this.caller.session());
  }
}
