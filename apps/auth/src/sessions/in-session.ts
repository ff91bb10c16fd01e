import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { currentContext, currentScope, runInScope } from '@snowflow/transport/request-scope';

/** Runs the work as a request of that session, within the deadline of the present one. */
export function inSession<Result>(
  { id, tenantId, userId }: Pick<SessionRecord, 'id' | 'tenantId' | 'userId'>,
  work: () => Result,
): Result {
  const { correlationId } = currentContext();
  const deadlineAtMs = currentScope()?.deadlineAtMs;
  return runInScope({ context: { correlationId, tenantId, sessionId: id, userId }, deadlineAtMs }, work);
}
