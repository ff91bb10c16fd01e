import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { RUN_QUEUE, type RunJob } from '@snowflow/contracts/runs/run-job';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { CANCEL_CHANNEL } from '../queue/cancel-channel';
import { NUDGE_CHANNEL } from '../queue/nudge-channel';
import { RunQueueRepository } from '../queue/run-queue.repository';
import { LeasesRepository } from './leases.repository';
import { RunExecutor } from './run-executor';
import { CancelRequested, LeaseLost, WorkerStopping } from './run-interruptions';
import { RunningRun } from './running-run';
import { WORKER_OPTIONS, type WorkerOptions } from './worker-options';

/** A run that could not go on here rests this long before it is taken up again. */
const REST_MS = 1_000;

/**
 * Takes wake-ups, leases the runs they name and executes them. The job is only the nudge: whether a run is due, and who has it, stands
 * in Postgres.
 */
@Injectable()
@Processor(RUN_QUEUE, { autorun: false })
export class RunWorker extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RunWorker.name);
  private readonly running = new Map<string, RunningRun>();
  private readonly subscriber: Redis;
  private heartbeat?: NodeJS.Timeout;
  private beating: Promise<void> = Promise.resolve();

  constructor(
    private readonly leases: LeasesRepository,
    private readonly queue: RunQueueRepository,
    private readonly executor: RunExecutor,
    @Inject(WORKER_OPTIONS) private readonly options: WorkerOptions,
    @Inject(REDIS) redis: Redis,
  ) {
    super();
    this.subscriber = redis.duplicate({ lazyConnect: true });
    this.subscriber.on('error', () => undefined);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.subscriber.on('message', (channel: string, runId: string) => this.hear(channel, runId));
    await this.subscriber.subscribe(CANCEL_CHANNEL, NUDGE_CHANNEL);
    this.heartbeat = setInterval(() => (this.beating = this.beat()), this.options.leaseMs / 3);
    this.worker.concurrency = this.options.concurrency;
    this.worker.on('error', (error) => this.logger.warn({ msg: 'BullMQ reported an error', reason: error.name }));
    void this.worker.run();
  }

  /** Lets runs finish for a while; then gives them back, so that another worker goes on with them at once. */
  async onModuleDestroy(): Promise<void> {
    const impatience = setTimeout(() => this.interruptAll(), this.options.drainTimeoutMs);
    await this.worker.close();
    clearTimeout(impatience);
    clearInterval(this.heartbeat);
    await this.beating;
    this.subscriber.disconnect();
  }

  async process({ data }: Job<RunJob>): Promise<void> {
    const lease = await this.leases.take(data, this.options.name, this.options.leaseMs);
    if (!lease) return;
    const running = new RunningRun();
    this.running.set(data.runId, running);
    try {
      const execution = await this.executor.execute(lease, running);
      if (execution === 'unfinished') await this.giveBack(data.runId, running.control);
    } finally {
      // A run that rested may have been taken up here again by now.
      if (this.running.get(data.runId) === running) this.running.delete(data.runId);
    }
  }

  private async giveBack(runId: string, { signal }: AbortController): Promise<void> {
    const restMs = signal.reason instanceof WorkerStopping ? 0 : REST_MS;
    // Where Postgres does not answer, the lease runs out by itself.
    await this.queue.release(this.options.name, runId, restMs).catch(() => undefined);
  }

  private hear(channel: string, runId: string): void {
    const running = this.running.get(runId);
    if (channel === NUDGE_CHANNEL) running?.patience.news();
    else running?.control.abort(new CancelRequested());
  }

  private async beat(): Promise<void> {
    const asked = [...this.running.keys()];
    if (asked.length === 0) return;
    try {
      const held = await this.queue.extend(this.options.name, asked, this.options.leaseMs);
      const mine = new Map(held.map((lease) => [lease.runId, lease]));
      for (const runId of asked) {
        const lease = mine.get(runId);
        const running = this.running.get(runId);
        if (!lease) running?.control.abort(new LeaseLost());
        else if (lease.cancelRequested) running?.control.abort(new CancelRequested());
        else if (lease.nudged) running?.patience.news();
      }
    } catch (error) {
      this.logger.warn({ msg: 'A heartbeat did not reach Postgres', reason: error instanceof Error ? error.name : '' });
    }
  }

  private interruptAll(): void {
    for (const { control } of this.running.values()) control.abort(new WorkerStopping());
  }
}
