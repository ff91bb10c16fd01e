import { Injectable } from '@nestjs/common';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { WorkflowStore } from '../database/workflow-store';
import { RunWaker } from '../queue/run-waker';
import { type RunRow, RunsRepository } from '../runs/runs.repository';

/** Who signed in again before their run noticed that its session has ended: no sign-in to come would let it go on. */
@Injectable()
export class ReturnedPerson {
  constructor(
    private readonly sessions: SessionStore,
    private readonly store: WorkflowStore,
    private readonly runs: RunsRepository,
    private readonly waker: RunWaker,
  ) {}

  /** Lets a run that rests until its person signs in go on in a session that they began later than its own. */
  async goOn({ tenant_id: tenantId, owner_id: userId, session_id: sessionId }: RunRow): Promise<void> {
    const sessions = await this.sessions.list(tenantId, userId);
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
