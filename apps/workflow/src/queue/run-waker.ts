import { InjectQueue } from '@nestjs/bullmq';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { RUN_QUEUE } from '@snowflow/contracts/runs/run-job';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { NUDGE_CHANNEL } from './nudge-channel';

/**
 * Tells the workers, through BullMQ, that runs may be due: each wake-up reaches one worker with a free place, which looks for itself what
 * is next. Nobody waits for one to be sent, and a lost one is only a delay: the sweep sends another.
 */
@Injectable()
export class RunWaker {
  private readonly logger = new Logger(RunWaker.name);

  constructor(
    @InjectQueue(RUN_QUEUE) private readonly queue: Queue<object>,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /** A run came, or came back. */
  wake(): void {
    void this.send(() => this.queue.add('due', {}));
  }

  /** More is due than was taken. A wake-up that waits already is taken later than now, so it does for this too. */
  wakeAnother(): void {
    void this.send(async () => {
      if ((await this.queue.getWaitingCount()) === 0) await this.queue.add('due', {});
    });
  }

  /** Something came that a run waits for: it is due where it rests, and told where a worker has it. */
  tellNews(runId: string): void {
    this.wake();
    void this.send(() => this.redis.publish(NUDGE_CHANNEL, runId));
  }

  private async send(wakeUp: () => Promise<unknown>): Promise<void> {
    try {
      await wakeUp();
    } catch (error) {
      this.logger.warn({ msg: 'A wake-up was not sent', reason: error instanceof Error ? error.name : '' });
    }
  }
}
