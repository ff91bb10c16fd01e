import { AppError } from '@snowflow/contracts/errors/app-error';
import type { RequestContext } from '@snowflow/contracts/sessions/request-context';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** What one request, job or run carries through everything it awaits. */
export interface RequestScope {
  context: RequestContext;
  idempotencyKey?: string;
  /** Milliseconds since the epoch. Calls made inside end no later. */
  deadlineAtMs?: number;
}

/** A context in which somebody is signed in. */
export type SignedInContext = Required<Omit<RequestContext, 'runId'>>;

const storage = new AsyncLocalStorage<RequestScope>();

/** Runs `work` so that it, and all it calls, sees this scope. */
export function runInScope<Result>(scope: RequestScope, work: () => Result): Result {
  return storage.run(scope, work);
}

/**
 * Runs `work` as asked about the tenant by nobody in it: also where no request asks, as for what a clock starts. The present request's deadline
 * is not its own, for others may wait for the same answer.
 */
export function runForTenant<Result>(tenantId: string, work: () => Result): Result {
  const correlationId = storage.getStore()?.context.correlationId ?? randomUUID();
  return storage.run({ context: { correlationId, tenantId } }, work);
}

/** The scope of what runs now, if there is one. */
export function currentScope(): RequestScope | undefined {
  return storage.getStore();
}

/** Who the present request is about. Throws INTERNAL outside of a scope: that is a mistake in the code, not in the request. */
export function currentContext(): RequestContext {
  const scope = storage.getStore();
  if (!scope) throw new AppError('INTERNAL', 'This code was reached outside of a request.');
  return scope.context;
}

/** The signed-in person of the present request. Throws UNAUTHENTICATED where nobody is. */
export function currentPerson(): SignedInContext {
  const { correlationId, tenantId, sessionId, userId } = currentContext();
  if (!tenantId || !sessionId || !userId) throw new AppError('UNAUTHENTICATED', 'Sign in first.');
  return { correlationId, tenantId, sessionId, userId };
}

/** The key under which the present write is to be applied once. */
export function currentIdempotencyKey(): string | undefined {
  return storage.getStore()?.idempotencyKey;
}

/** What every log line says of the present request; nothing outside of one. */
export function scopeForLog(): Partial<RequestContext> {
  const { correlationId, tenantId, runId } = storage.getStore()?.context ?? {};
  return { correlationId, tenantId, runId };
}
