import { Injectable } from '@nestjs/common';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { WorkflowStore } from '../database/workflow-store';
import { RunWaker } from '../queue/run-waker';
import { type RunRow, RunsRepository } from '../runs/runs.repository';
import { ReopenedSession } from '../unattended/reopened-session';

/** Who signed in again before their run noticed that its session has ended: no sign-in to come would let it go on. */
@Injectable()
export class ReturnedPerson {
  constructor(
    private readonly sessions: SessionStore,
    private readonly store: WorkflowStore,
    private readonly runs: RunsRepository,
    private readonly waker: RunWaker,
    private readonly reopened: ReopenedSession,
  ) {}

  /** Whether the run goes on in another session without its person. Theirs, who are there, fails: they see it, and start it anew. */
  isNotNeeded(run: RunRow): Promise<boolean> {
    return this.reopened.isPossible(run);
  }

  /**
   * Lets a run that rests until its person signs in go on in a session that they began later than its own. What was started without
   * them signs in by itself; a session of a stored credential is for what it was approved for, and for no other run.
   */
  async goOn(run: RunRow): Promise<void> {
    if (await this.reopened.goOn(run)) return;
    const { tenant_id: tenantId, owner_id: userId, session_id: sessionId } = run;
    const sessions = (await this.sessions.list(tenantId, userId)).filter(isPersons);
    const own = sessions.find(({ id }) => id === sessionId);
    const later = sessions.find(({ id, createdAt }) => id !== sessionId && (!own || createdAt > own.createdAt));
    if (!later) return;
    const resumed = await this.store.statement(
      tenantId,
      this.runs.resumption({ tenantId, userId, sessionId: later.id }),
    );
    for (const { id } of resumed) this.waker.tellNews(id);
  }
}

const isPersons = ({ authenticator }: SessionRecord) => authenticator !== 'credential';
