import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import type { Kysely } from 'kysely';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import { UnheldCancels } from '../execution/unheld-cancels';
import { CANCEL_CHANNEL } from '../queue/cancel-channel';
import { RunNews } from '../queue/run-news';
import { type RunRow, RunsRepository } from './runs.repository';

type Db = Kysely<WorkflowDatabase>;

/** Cancels a run and its statement, wherever it is: in the queue, with a worker, or at rest. */
@Injectable()
export class RunCancels {
  constructor(
    private readonly store: WorkflowStore,
    private readonly runs: RunsRepository,
    private readonly news: RunNews,
    private readonly unheld: UnheldCancels,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** `find` decides whose runs may be cancelled, and throws where this one may not; `record` writes beside the cancel, last in its transaction. */
  async cancel(
    tenantId: string,
    id: string,
    find: (db: Db) => Promise<RunRow>,
    record: (db: Db, run: RunRow) => Promise<void>,
  ): Promise<void> {
    const endedAt = await this.store.transaction(tenantId, async (db) => {
      const run = await find(db);
      const lastSeq = await this.runs.cancelQueued(db, id);
      if (lastSeq === undefined && !(await this.runs.requestCancel(db, id))) {
        throw new AppError('RUN_ENDED', 'The run has ended already, so there is nothing to cancel.');
      }
      await record(db, run);
      return lastSeq;
    });
    if (endedAt !== undefined) this.news.tell(id, endedAt, true);
    else if (!(await this.unheld.end(id))) await this.redis.publish(CANCEL_CHANNEL, id);
  }
}
