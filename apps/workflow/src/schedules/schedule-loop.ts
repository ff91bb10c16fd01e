import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

const EVERY_MS = 1_000;

/** Looks each second for what is to be done, and does all there is. Every replica runs it; what one does the others find done. */
export abstract class ScheduleLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(ScheduleLoop.name);
  private timer?: NodeJS.Timeout;
  private going: Promise<void> | undefined;
  private isStopping = false;

  /** Each does one thing and answers whether there was one. */
  protected abstract readonly tasks: readonly (() => Promise<boolean>)[];

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.going ??= this.goThrough().finally(() => (this.going = undefined));
    }, EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.going;
  }

  private async goThrough(): Promise<void> {
    await Promise.all(this.tasks.map((task) => this.drain(task)));
  }

  /** What fails is tried again with the next second, here or elsewhere. */
  private async drain(task: () => Promise<boolean>): Promise<void> {
    try {
      while (!this.isStopping && (await task()));
    } catch (error) {
      this.logger.warn({ msg: 'A look at schedules did not work', reason: error instanceof Error ? error.name : '' });
    }
  }
}
