import { Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { RunQueueRepository } from './run-queue.repository';
import { RunWaker } from './run-waker';

const EVERY_MS = 1_000;
const BATCH = 100;

/**
 * The outbox's other half: wakes what was committed but never woken, and what a dead worker left behind. It runs in every worker;
 * rows that another one holds are skipped.
 */
@Injectable()
export class WakeUpRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(WakeUpRelay.name);
  private timer?: NodeJS.Timeout;
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly runs: RunQueueRepository,
    private readonly waker: RunWaker,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => (this.sweeping = this.sweep()), EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      const due = await this.runs.takeUnwoken(BATCH);
      await Promise.all(due.map((run) => this.waker.wake(run)));
    } catch (error) {
      this.logger.warn({ msg: 'The sweep for unwoken runs did not work', reason: errorName(error) });
    }
  }
}

const errorName = (error: unknown) => (error instanceof Error ? error.name : 'unknown');
