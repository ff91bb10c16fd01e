import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { type AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import type { UseCredentialRequest } from '@snowflow/contracts/auth/credentials.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentScope, runInScope } from '@snowflow/transport/request-scope';

/** A session that is called into again within this time need not sign in anew. */
const KEPT_MS = 60_000;
/** Opened anew after this time, so that a credential's rights are looked at again. */
const LONGEST_MS = 600_000;
/** A process that stops waits no longer for auth, which may be stopping too: what is not closed runs out by itself. */
const LAST_MS = 1_000;

const OVER: ReadonlySet<string> = new Set(['SESSION_ENDED', 'SNOWFLAKE_SESSION_ENDED']);

interface KeptSession {
  opening: Promise<SessionRecord>;
  openedAt: number;
  /** Who starts something in it now, and how many ever did. */
  users: number;
  uses: number;
  closing?: NodeJS.Timeout;
}

/**
 * Sessions of stored credentials, opened by auth under an approved binding. Calls of a published workflow share one while they come in
 * quick succession; that of a schedule is closed at once. To close is to let runs under way end first. Auth ends a session whose right
 * was revoked, so one that is still in the store may still be used.
 */
@Injectable()
export class UnattendedSessions implements OnApplicationShutdown {
  private readonly logger = new Logger(UnattendedSessions.name);
  private readonly kept = new Map<string, KeptSession>();

  constructor(
    @InjectClient(authContract) private readonly auth: AuthClient,
    private readonly sessions: SessionStore,
  ) {}

  /** Starts something in a session under this right; where Snowflake ended a shared one meanwhile, in another. */
  async within<Result>(
    tenantId: string,
    right: UseCredentialRequest,
    work: (session: SessionRecord) => Promise<Result>,
  ): Promise<Result> {
    const key = JSON.stringify([tenantId, right]);
    const kept = await this.take(key, tenantId, right);
    const isShared = kept.uses > 1;
    try {
      return await this.workIn(key, kept, right, work);
    } catch (error) {
      if (!isShared || !(error instanceof AppError && OVER.has(error.code))) throw error;
      void this.close(key, kept);
      return await this.within(tenantId, right, work);
    }
  }

  private async workIn<Result>(
    key: string,
    kept: KeptSession,
    right: UseCredentialRequest,
    work: (session: SessionRecord) => Promise<Result>,
  ): Promise<Result> {
    try {
      const session = await kept.opening;
      return await inSession(session, () => work(session));
    } finally {
      kept.users -= 1;
      if (kept.users === 0) this.closeLater(key, kept, right.purpose === 'schedule' ? 0 : KEPT_MS);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    const closing = [...this.kept].map(([key, kept]) => this.close(key, kept));
    await Promise.race([Promise.all(closing), delay(LAST_MS, undefined, { ref: false })]);
  }

  private async take(key: string, tenantId: string, right: UseCredentialRequest): Promise<KeptSession> {
    const kept = this.kept.get(key);
    if (kept && Date.now() - kept.openedAt < LONGEST_MS && (await this.lives(kept))) {
      clearTimeout(kept.closing);
      kept.users += 1;
      kept.uses += 1;
      return kept;
    }
    // Who came meanwhile has opened the next one.
    const next = this.kept.get(key);
    if (next && next !== kept) {
      next.users += 1;
      next.uses += 1;
      return next;
    }
    if (kept?.users === 0) void this.close(key, kept);
    const opened = { opening: this.open(tenantId, right), openedAt: Date.now(), users: 1, uses: 1 };
    this.kept.set(key, opened);
    opened.opening.catch(() => this.forget(key, opened));
    return opened;
  }

  private async lives({ opening }: KeptSession): Promise<boolean> {
    const session = await opening.catch(() => undefined);
    // Who has another app role by now is looked at anew: viewers run nothing.
    return session !== undefined && (await this.sessions.find(session.id))?.appRole === session.appRole;
  }

  private open(tenantId: string, right: UseCredentialRequest): Promise<SessionRecord> {
    return runInScope({ context: { correlationId: correlationIdNow(), tenantId } }, async () => {
      const { sessionId } = await this.auth.useCredential(right);
      const session = await this.sessions.find(sessionId);
      if (!session)
        throw new AppError('SESSION_ENDED', 'The session of the stored credential ended at once. Try again.');
      return session;
    });
  }

  private closeLater(key: string, kept: KeptSession, afterMs: number): void {
    clearTimeout(kept.closing);
    if (afterMs === 0) void this.close(key, kept);
    else kept.closing = setTimeout(() => void this.close(key, kept), afterMs).unref();
  }

  private async close(key: string, kept: KeptSession): Promise<void> {
    this.forget(key, kept);
    clearTimeout(kept.closing);
    try {
      const session = await kept.opening;
      if (await this.sessions.find(session.id))
        await inSession(session, () => this.auth.disconnect({ runs: 'finish' }));
    } catch (error) {
      // It runs out by itself.
      this.logger.warn({ msg: 'A session was not closed', code: error instanceof AppError ? error.code : 'INTERNAL' });
    }
  }

  private forget(key: string, kept: KeptSession): void {
    if (this.kept.get(key) === kept) this.kept.delete(key);
  }
}

function inSession<Result>({ id, tenantId, userId }: SessionRecord, work: () => Promise<Result>): Promise<Result> {
  return runInScope({ context: { correlationId: correlationIdNow(), tenantId, userId, sessionId: id } }, work);
}

/** Of the call; a clock has none. */
const correlationIdNow = () => currentScope()?.context.correlationId ?? randomUUID();
