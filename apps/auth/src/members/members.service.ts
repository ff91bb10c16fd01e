import { Injectable } from '@nestjs/common';
import type {
  ChangeMemberRequest,
  ColleagueView,
  InviteRequest,
  MemberView,
} from '@snowflow/contracts/auth/tenant.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { AppRole, SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { ChangeLog, type ChangingPerson, type Note } from '../audit/change-log';
import { PeopleRepository, Person } from '../people/people.repository';
import { PersonsSessions } from '../sessions/persons-sessions';
import { snowflakeName } from '@snowflow/contracts/sessions/snowflake-name';
import { assertOwner, Caller } from './caller';
import { MemberDepartures } from './member-departures';

/** Who belongs to a tenant, beyond what Snowflake's roles decide. */
@Injectable()
export class MembersService {
  constructor(
    private readonly caller: Caller,
    private readonly people: PeopleRepository,
    private readonly personsSessions: PersonsSessions,
    private readonly departures: MemberDepartures,
    private readonly changes: ChangeLog,
  ) {}

  async list(): Promise<MemberView[]> {
    const { tenantId } = await this.caller.admin('see its members');
    return (await this.people.list(tenantId)).map(view);
  }

  /** Anybody of the tenant may know who belongs to it by a name that they know already. */
  async colleague(written: string): Promise<ColleagueView> {
    const { tenantId } = await this.caller.session();
    const username = snowflakeName(written);
    const person = await this.people.find(tenantId, userIdOf(tenantId, username));
    if (person?.state !== 'active') throw new AppError('NOT_FOUND', `The tenant has no active member ${username}.`);
    return { userId: person.id, username: person.username, appRole: person.app_role };
  }

  /** The person becomes a member when they first sign in. Nothing here tells whether Snowflake knows the name. */
  async invite({ username: written, appRole }: InviteRequest): Promise<MemberView> {
    const asking = await this.caller.admin('invite people');
    assertMayGive(asking, appRole);
    const username = snowflakeName(written);
    const { tenantId } = asking;
    const userId = userIdOf(tenantId, username);
    const known = await this.people.find(tenantId, userId);
    if (known?.state === 'active') {
      throw new AppError('VALIDATION', `${username} is a member already. Change the role in the list instead.`);
    }
    const membership = { appRole, because: 'invitation' as const };
    const note = this.noteOf(asking, 'member.invited', { id: userId, username }, { appRole, state: 'invited' });
    return view(await this.people.grant({ tenantId, userId, username }, membership, 'invited', note));
  }

  async change({ userId, appRole }: ChangeMemberRequest): Promise<MemberView> {
    const asking = await this.caller.admin('change roles');
    const person = await this.find(asking, userId);
    assertMayChange(asking, person);
    assertMayGive(asking, appRole);
    if (person.because === 'snowflake-role') {
      throw new AppError(
        'VALIDATION',
        `${person.username} owns the tenant by a Snowflake role. Revoke that role in Snowflake, or name other roles in the settings.`,
      );
    }
    const because = person.state === 'invited' ? ('invitation' as const) : ('assigned' as const);
    const state = activeOrInvited(person);
    const note = this.noteOf(asking, 'member.changed', person, { appRole, state });
    const changed = await this.people.grant(identityOf(person), { appRole, because }, state, note);
    await this.personsSessions.setAppRole(person.tenant_id, userId, appRole);
    return view(changed);
  }

  /** Access ends first, then what is left behind is stopped; removing somebody again, as after a failure, does no harm. */
  async remove(userId: string): Promise<void> {
    const asking = await this.caller.admin('remove people');
    const person = await this.find(asking, userId);
    assertMayChange(asking, person);
    const note = this.noteOf(asking, 'member.removed', person, { state: 'removed' });
    await this.people.remove(person.tenant_id, userId, note);
    await this.personsSessions.endForGood(person.tenant_id, userId);
    await this.departures.left(person.tenant_id, userId);
  }

  private noteOf(
    asking: ChangingPerson,
    action: string,
    { id, username }: Pick<Person, 'id' | 'username'>,
    after: { appRole?: AppRole; state: Person['state'] },
  ): Note<Person | undefined> {
    return (db, found) => {
      const before = found && { appRole: found.app_role, state: found.state };
      return this.changes.byPerson(db, asking, {
        action,
        object: { kind: 'member', id, name: username },
        before,
        after,
      });
    };
  }

  private async find({ tenantId }: SessionRecord, userId: string): Promise<Person> {
    const person = await this.people.find(tenantId, userId);
    if (!person) throw new AppError('NOT_FOUND', `The tenant has no member ${userId}.`);
    return person;
  }
}

/** Owners are made by Snowflake; admins by owners. */
function assertMayGive(asking: SessionRecord, appRole: AppRole): void {
  if (appRole === 'admin') assertOwner(asking, 'make somebody an admin');
}

function assertMayChange(asking: SessionRecord, person: Person): void {
  if (person.id === asking.userId) {
    throw new AppError('FORBIDDEN', 'Nobody changes or removes themselves. Ask another owner or admin.');
  }
  const isAbove = person.state !== 'removed' && (person.app_role === 'owner' || person.app_role === 'admin');
  if (isAbove) assertOwner(asking, 'change or remove owners and admins');
}

function identityOf({ tenant_id: tenantId, id: userId, username }: Person) {
  return { tenantId, userId, username };
}

function activeOrInvited({ state, username }: Person): 'active' | 'invited' {
  if (state !== 'removed') return state;
  throw new AppError('VALIDATION', `${username} was removed. Invite that user again instead.`);
}

function view({ id, username, app_role: appRole, because, state, last_seen_at: lastSeenAt }: Person): MemberView {
  return { userId: id, username, appRole, because, state, lastSeenAt: lastSeenAt?.toISOString() ?? null };
}
