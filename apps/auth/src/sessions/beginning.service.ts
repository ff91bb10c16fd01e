import { Injectable } from '@nestjs/common';
import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import type { Membership } from '../members/membership';
import { membershipOf } from '../members/membership';
import type { TenantSettings } from '@snowflow/contracts/auth/tenant.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { AccountPlace, OpenedSession, OpenRequest } from '@snowflow/contracts/connections/connections.dto';
import { newId } from '@snowflow/contracts/documents/new-id';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext, SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { tenantIdOf, userIdOf } from '@snowflow/contracts/sessions/tenant-id';
import { type WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ChangeLog } from '../audit/change-log';
import { ArrivingPerson, PeopleRepository } from '../people/people.repository';
import { TenantRules } from '../tenants/tenant-rules';
import { TenantsRepository } from '../tenants/tenants.repository';
import { RefreshTokens } from '../tokens/refresh-tokens';
import { inSession } from './in-session';
import { IssueTokens } from './issue-tokens';
import { LiveChecks } from './live-checks';
import { methodRefused } from './method-refused';
import { PersonsSessions } from './persons-sessions';
import { lifeOf, secondsLeft } from './session-life';
import { SignInAttempts } from './sign-in-attempts';

/** A sign-in that is to be tried at Snowflake. */
export interface Beginning {
  place: AccountPlace;
  credentials: Omit<OpenRequest, 'sessionId' | 'account' | 'signInEndsAt'>;
  /** What the person signed in with, as "Chrome on Windows". */
  client?: string;
  attemptId?: string;
  deadlineMs?: number;
  /** The session can take no other role than the one it begins with. */
  isBoundToRole?: boolean;
  /** Hears where Snowflake's answer leads, before anybody is let in; what it throws refuses the sign-in. Answers a role that is proved. */
  admit?(person: ArrivingPerson): Promise<'owner' | undefined>;
}

/** From what proves a person to a session. The proof goes to connection-manager and nowhere else. */
@Injectable()
export class BeginningService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    @InjectClient(workflowContract) private readonly workflow: WorkflowClient,
    private readonly tenants: TenantsRepository,
    private readonly rules: TenantRules,
    private readonly people: PeopleRepository,
    private readonly sessions: SessionStore,
    private readonly personsSessions: PersonsSessions,
    private readonly refreshTokens: RefreshTokens,
    private readonly issueTokens: IssueTokens,
    private readonly liveChecks: LiveChecks,
    private readonly attempts: SignInAttempts,
    private readonly changes: ChangeLog,
  ) {}

  async begin(beginning: Beginning): Promise<Required<ConnectReply>> {
    const { place, credentials, deadlineMs } = beginning;
    const sessionId = newId('ses');
    const opening = { ...credentials, account: place.account, sessionId, signInEndsAt: await this.endOf(place) };
    const opened = await this.connections.open(opening, { deadlineMs });
    const tenantId = tenantIdOf(opened.account);
    const person = { tenantId, userId: userIdOf(tenantId, opened.username), username: opened.username };
    return inSession({ id: sessionId, ...person }, async () => {
      try {
        return await this.letIn(beginning, opened, person, sessionId);
      } catch (error) {
        // Snowflake let the person in; what fails from there on must not leave its session open, nor one here.
        await this.sessions.remove(sessionId).catch(() => undefined);
        await this.connections.close({ statements: 'cancel' }).catch(() => undefined);
        throw error;
      }
    });
  }

  /** The latest a sign-in may end, as far as is known before Snowflake says whose it is. */
  private async endOf({ account, isDemo }: AccountPlace): Promise<string> {
    const settings = await this.rules.of(await this.tenants.findByAlias(account), isDemo);
    return lifeOf(settings, { createdAt: new Date().toISOString() }).expiresAt;
  }

  private async letIn(
    beginning: Beginning,
    opened: OpenedSession,
    person: ArrivingPerson,
    sessionId: string,
  ): Promise<Required<ConnectReply>> {
    const { place, credentials, attemptId } = beginning;
    await this.assertWaitedFor(attemptId);
    await this.tenants.note(person.tenantId, opened.account, place.account);
    const settings = await this.rules.of(person.tenantId, place.isDemo);
    if (!settings.methods.includes(credentials.authenticator)) throw methodRefused(credentials.authenticator, place);
    const { appRole } = await this.arrive(beginning, opened, person, settings);
    const now = new Date().toISOString();
    const record: SessionRecord = {
      id: sessionId,
      tenantId: person.tenantId,
      userId: person.userId,
      account: place.account,
      username: opened.username,
      authenticator: credentials.authenticator,
      appRole,
      context: await this.withWarehouse(opened.context, settings.defaultWarehouse),
      ...(beginning.isBoundToRole ? { isBoundToRole: true } : {}),
      version: 1,
      ...lifeOf(settings, { createdAt: now }),
      client: beginning.client ?? 'API client',
      lastSeenAt: now,
      createdAt: now,
    };
    await this.sessions.save(record);
    await this.liveChecks.noteLive(sessionId);
    const refreshToken = await this.refreshTokens.issue(sessionId, secondsLeft(record));
    await this.heedChanges(person, place);
    await this.personsSessions.endOldest(person.tenantId, person.userId);
    if (attemptId && !(await this.attempts.succeed(attemptId, sessionId))) throw abandoned();
    // Nobody who signs in waits for it: a run that missed it goes on at the next sign-in.
    void this.workflow.resumeRuns({}).catch(() => undefined);
    return this.issueTokens.reply(record, refreshToken);
  }

  private async arrive(
    { place, admit }: Beginning,
    { roles }: OpenedSession,
    person: ArrivingPerson,
    settings: TenantSettings,
  ): Promise<Membership> {
    const proved = await admit?.(person);
    if (proved) {
      const note = this.changes.note(person, {
        action: 'member.ownership-proved',
        object: { kind: 'member', id: person.userId, name: person.username },
        after: { appRole: proved },
      });
      await this.people.grant(person, { appRole: proved, because: 'proof' }, 'active', note);
    }
    const membership = await this.people.arrive(person, (known) => membershipOf(roles, settings, known));
    if (membership) return membership;
    throw notAMember(person.username, place);
  }

  /** What was decided about the person while they signed in found no session to change; and their other sessions may have older rights. */
  private async heedChanges({ tenantId, userId, username }: ArrivingPerson, place: AccountPlace): Promise<void> {
    const person = await this.people.find(tenantId, userId);
    if (person?.state !== 'active') throw notAMember(username, place);
    await this.personsSessions.setAppRole(tenantId, userId, person.app_role);
  }

  /** A warehouse that the role may not use is left out; the person chooses one. */
  private async withWarehouse(context: PinnedContext, warehouse: string | null): Promise<PinnedContext> {
    if (context.warehouse !== null || warehouse === null) return context;
    try {
      return await this.connections.checkContext({ context: { ...context, warehouse } });
    } catch (error) {
      if (error instanceof AppError) return context;
      throw error;
    }
  }

  private async assertWaitedFor(attemptId: string | undefined): Promise<void> {
    if (attemptId && (await this.attempts.isAbandoned(attemptId))) throw abandoned();
  }
}

function abandoned(): AppError {
  return new AppError('SESSION_ENDED', 'The sign-in was cancelled. Sign in again.');
}

function notAMember(username: string, { account }: AccountPlace): AppError {
  return new AppError(
    'NOT_A_MEMBER',
    `Snowflake knows ${username}, but no rule lets that user join ${account} here. Ask an owner or admin for an invitation.`,
  );
}
