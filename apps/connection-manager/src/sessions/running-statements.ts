import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { StatementPlaces } from '../limits/statement-places';
import { extendLease, leaveContext, learnQueryId } from './context-scripts';
import { hasEnded } from './query-state';
import type { SessionRef } from './sealed-session.repository';
import { SessionAccess } from './session-access';
import { SessionCloser } from './session-closer';
import { STATEMENT_LEASE_MS } from './session-deadlines';
import { sessionKeys, tenantKeys } from './session-keys';
import { SessionProtocol } from './session-protocol';

/** A statement that may be running. Where the query id was never learned, the entry is the request id's. */
export interface RunningStatement {
  id: string;
  leaseEndsAtMs: number;
  queryId?: string;
  requestId: string;
}

/** Which statements of a session may be running, kept in Redis so that any replica can ask. */
@Injectable()
export class RunningStatements {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    private readonly access: SessionAccess,
    private readonly protocol: SessionProtocol,
    private readonly closer: SessionCloser,
    private readonly places: StatementPlaces,
  ) {}

  async list({ sessionId }: SessionRef): Promise<RunningStatement[]> {
    return parse(Object.entries(await this.redis.hgetall(sessionKeys.running(sessionId))).flat());
  }

  learn({ sessionId }: SessionRef, requestId: string, queryId: string): void {
    inBackground(
      learnQueryId.run(this.redis, [sessionKeys.running(sessionId)], [requestId, queryId, STATEMENT_LEASE_MS]),
    );
  }

  extend({ tenantId, sessionId }: SessionRef, id: string): void {
    const keys = [sessionKeys.running(sessionId), sessionKeys.places(sessionId), tenantKeys.places(tenantId)];
    inBackground(extendLease.run(this.redis, keys, [id, STATEMENT_LEASE_MS]));
  }

  /** The statement has ended; where it was the last of a session that closes, the session ends with it. */
  leave(ref: SessionRef, id: string): void {
    inBackground(this.left(ref, id));
  }

  /** Asks Snowflake about statements that others wait for, and forgets those that have ended. */
  async forgetEnded(ref: SessionRef, entries: string[]): Promise<void> {
    await this.checkEnded(ref, parse(entries));
  }

  async checkEnded(ref: SessionRef, statements: RunningStatement[]): Promise<void> {
    await Promise.all(
      statements.map(async (statement) => {
        if (await this.ended(ref, statement).catch(() => false)) await this.left(ref, statement.id);
      }),
    );
  }

  async abort(ref: SessionRef, { queryId, requestId }: { queryId?: string; requestId?: string }): Promise<void> {
    await this.access.use(ref, async ({ endpoint, tokens }) => {
      if (queryId) await this.protocol.abortQuery(endpoint, tokens, queryId);
      else if (requestId) await this.protocol.abortRequest(endpoint, tokens, requestId);
    });
  }

  private async ended(ref: SessionRef, { queryId, requestId, leaseEndsAtMs }: RunningStatement): Promise<boolean> {
    if (queryId) {
      const query = await this.access.use(ref, ({ endpoint, tokens }) =>
        this.protocol.monitor(endpoint, tokens, queryId),
      );
      // Without data it is unknown; once nobody watches it any more, it no longer keeps others out.
      return query?.status === undefined ? Date.now() > leaseEndsAtMs : hasEnded(query.status);
    }
    if (Date.now() <= leaseEndsAtMs) return false;
    // Who submitted it is gone and nobody knows its query: make sure that it does not run on.
    await this.abort(ref, { requestId });
    return true;
  }

  private async left(ref: SessionRef, id: string): Promise<void> {
    const { tenantId, sessionId } = ref;
    const keys = [
      sessionKeys.state(sessionId),
      sessionKeys.running(sessionId),
      sessionKeys.holds(sessionId),
      sessionKeys.places(sessionId),
      tenantKeys.places(tenantId),
    ];
    const isDone = await leaveContext.run(this.redis, keys, [id]);
    this.places.freed(tenantId);
    if (isDone === 1) await this.closer.end(ref);
  }
}

function parse(entries: string[]): RunningStatement[] {
  const statements: RunningStatement[] = [];
  for (let index = 0; index + 1 < entries.length; index += 2) {
    const [id = '', entry = ''] = entries.slice(index, index + 2);
    const [leaseEnd, requestId] = entry.split(':');
    const leaseEndsAtMs = Number(leaseEnd);
    statements.push(requestId ? { id, leaseEndsAtMs, queryId: id, requestId } : { id, leaseEndsAtMs, requestId: id });
  }
  return statements;
}

/** Bookkeeping that nobody waits for: what is lost here ends with its lease. */
function inBackground(work: Promise<unknown>): void {
  work.catch(() => undefined);
}
