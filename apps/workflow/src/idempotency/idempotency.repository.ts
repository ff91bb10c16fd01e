import { Injectable } from '@nestjs/common';
import { sql, type Kysely } from 'kysely';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { WorkflowDatabase } from '../database/workflow-database';
import { fingerprint } from '../workflows/fingerprint';

/** One use of a key: it counts per tenant, person and route, and only for the same body. */
export interface KeyedRequest {
  tenantId: string;
  userId: string;
  route: string;
  key: string;
  body: unknown;
}

@Injectable()
export class IdempotencyRepository {
  /** What the key's first use answered, if it was used in the last 24 hours. Throws IDEMPOTENCY_MISMATCH for another body. */
  async answered<Reply extends object>(
    db: Kysely<WorkflowDatabase>,
    request: KeyedRequest,
  ): Promise<Reply | undefined> {
    const before = await this.mine(db, request)
      .where('created_at', '>=', sql<Date>`now() - interval '24 hours'`)
      .executeTakeFirst();
    if (!before) return undefined;
    if (before.body_hash !== fingerprint(request.body)) {
      throw new AppError(
        'IDEMPOTENCY_MISMATCH',
        'This idempotency key was used with another body. Use a new key for a new request.',
      );
    }
    // The work of this very key and route wrote it.
    return before.reply as Reply;
  }

  /**
   * Does the work unless the key did it in the last 24 hours, then answers what was answered then. The key is kept in the work's own
   * transaction, so both are there or neither; a second request with the key waits for the first to end.
   */
  async once<Reply extends object>(
    db: Kysely<WorkflowDatabase>,
    request: KeyedRequest,
    work: () => Promise<Reply>,
  ): Promise<Reply> {
    const bodyHash = fingerprint(request.body);
    const taken = await db
      .insertInto('workflow.idempotency_keys')
      .values({
        tenant_id: request.tenantId,
        user_id: request.userId,
        route: request.route,
        key: request.key,
        body_hash: bodyHash,
        reply: 'null',
      })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'user_id', 'route', 'key'])
          .doUpdateSet({ body_hash: bodyHash, reply: 'null', created_at: sql<Date>`now()` })
          .where('workflow.idempotency_keys.created_at', '<', sql<Date>`now() - interval '24 hours'`),
      )
      .returning('key')
      .executeTakeFirst();
    if (!taken) {
      const before = await this.answered<Reply>(db, request);
      if (!before) throw new AppError('UNAVAILABLE', 'The idempotency key ran out at this very moment. Try again.');
      return before;
    }
    const reply = await work();
    await db
      .updateTable('workflow.idempotency_keys')
      .set({ reply: JSON.stringify(reply) })
      .where('user_id', '=', request.userId)
      .where('route', '=', request.route)
      .where('key', '=', request.key)
      .execute();
    return reply;
  }

  private mine(db: Kysely<WorkflowDatabase>, { userId, route, key }: KeyedRequest) {
    return db
      .selectFrom('workflow.idempotency_keys')
      .select(['body_hash', 'reply'])
      .where('user_id', '=', userId)
      .where('route', '=', route)
      .where('key', '=', key);
  }
}
