import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { RUN_QUEUE, type RunJob } from '@snowflow/contracts/runs/run-job';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { NUDGE_CHANNEL } from './nudge-channel';
import type { Wakeable } from './run-queue.repository';

/** Tells the workers, through BullMQ, that runs are due. A lost wake-up is only a delay: the relay sends it again. */
@Injectable()
export class RunWaker {
  private readonly logger = new Logger(RunWaker.name);

  constructor(
    @InjectQueue(RUN_QUEUE) private readonly queue: Queue<RunJob>,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** A run is woken once per lease: a second wake-up with the same fence, while the first waits, is dropped by its id. */
  async wake({ runId, tenantId, fence }: Wakeable): Promise<void> {
    await this.queue.add('run', { runId, tenantId }, { jobId: `${runId}-${fence}` });
  }

  /** Best effort, and nobody waits for it: the relay wakes what stays asleep. */
  nudge(tenantId: string, runId: string): void {
    this.wake({ tenantId, runId, fence: 0 }).catch((error: unknown) => {
      this.logger.warn({ msg: 'A wake-up was not sent', runId, reason: error instanceof Error ? error.name : '' });
    });
  }

  /** Something came that the run waits for: it is woken where it rests, and told where a worker has it. Best effort, like a nudge. */
  tellNews(tenantId: string, runId: string): void {
    this.nudge(tenantId, runId);
    this.redis.publish(NUDGE_CHANNEL, runId).catch(() => undefined);
  }
}
