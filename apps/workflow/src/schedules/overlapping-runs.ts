import { Inject, Injectable } from '@nestjs/common';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import { WorkflowStore } from '../database/workflow-store';
import { UnheldCancels } from '../execution/unheld-cancels';
import { CANCEL_CHANNEL } from '../queue/cancel-channel';
import { RunNews } from '../queue/run-news';
import { RunsRepository } from '../runs/runs.repository';

/** Runs of a schedule that are in the way of its next one. */
@Injectable()
export class OverlappingRuns {
  constructor(
    private readonly store: WorkflowStore,
    private readonly runs: RunsRepository,
    private readonly news: RunNews,
    private readonly unheld: UnheldCancels,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** Asks each of them once for its end; one that ended meanwhile has what was wanted. What a worker has goes on until that has ended it. */
  async cancel(tenantId: string, runIds: readonly string[]): Promise<void> {
    for (const id of runIds) {
      const { endedAt, isAsked } = await this.store.transaction(tenantId, async (db) => {
        if (await this.runs.isToBeCancelled(db, id)) return { isAsked: true };
        const ended = await this.runs.cancelQueued(db, id);
        if (ended === undefined) await this.runs.requestCancel(db, id);
        return { endedAt: ended };
      });
      if (isAsked) continue;
      if (endedAt !== undefined) this.news.tell(id, endedAt, true);
      else if (!(await this.unheld.end(id))) await this.redis.publish(CANCEL_CHANNEL, id);
    }
  }
}
