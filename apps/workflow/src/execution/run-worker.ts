import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { RUN_QUEUE } from '@snowflow/contracts/runs/run-job';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import { askForSignsOfLife } from '@snowflow/transport/silent-redis';
import type { Redis } from 'ioredis';
import { CANCEL_CHANNEL } from '../queue/cancel-channel';
import { NUDGE_CHANNEL } from '../queue/nudge-channel';
import { RunQueueRepository } from '../queue/run-queue.repository';
import { RunWaker } from '../queue/run-waker';
import { LeaseTaker } from './lease-taker';
import type { LeasedRun } from './leases.repository';
import { RunEnder } from './run-ender';
import { type Execution, RunExecutor } from './run-executor';
import { CancelRequested, LeaseLost, WorkerStopping } from './run-interruptions';
import { leaseCounts, leasesLost, runWait } from './run-metrics';
import { RunningRun } from './running-run';
import { WORKER_OPTIONS, type WorkerOptions } from './worker-options';

const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;

/**
 * Once woken, executes the runs that are due, one after the other, until none may start. The wake-up names none: which is next, and who
 * has it, stands in Postgres. Whoever ends a run has a place free, so what waited for that end is taken up at once.
 */
@Injectable()
@Processor(RUN_QUEUE, { autorun: false })
export class RunWorker extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(RunWorker.name);
  private readonly running = new Map<string, RunningRun>();
  private readonly subscriber: Redis;
  private heartbeat?: NodeJS.Timeout;
  private beating: Promise<void> = Promise.resolve();
  private isStopping = false;
  private readonly countLeases = () => this.running.size;

  constructor(
    private readonly taker: LeaseTaker,
    private readonly queue: RunQueueRepository,
    private readonly waker: RunWaker,
    private readonly ender: RunEnder,
    private readonly executor: RunExecutor,
    @Inject(WORKER_OPTIONS) private readonly options: WorkerOptions,
    @Inject(REDIS) redis: Redis,
  ) {
    super();
    this.subscriber = redis.duplicate({ lazyConnect: true });
    askForSignsOfLife(this.subscriber);
    this.subscriber.on('error', () => undefined);
  }

  /** Whether runs are taken up; for readiness. */
  get isTaking(): boolean {
    return !this.isStopping && this.worker.isRunning();
  }

  async onApplicationBootstrap(): Promise<void> {
    leaseCounts.add(this.countLeases);
    this.subscriber.on('message', (channel: string, runId: string) => this.hear(channel, runId));
    await this.subscriber.subscribe(CANCEL_CHANNEL, NUDGE_CHANNEL);
    this.heartbeat = setInterval(() => (this.beating = this.beat()), this.options.leaseMs / 3);
    this.worker.concurrency = this.options.concurrency;
    this.worker.on('error', (error) => this.logger.warn({ msg: 'BullMQ reported an error', reason: error.name }));
    void this.worker.run();
  }

  /** Lets runs finish for a while; then gives them back, so that another worker goes on with them at once. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    const impatience = setTimeout(() => this.interruptAll(), this.options.drainTimeoutMs);
    await this.worker.close();
    clearTimeout(impatience);
    clearInterval(this.heartbeat);
    await this.beating;
    this.subscriber.disconnect();
    leaseCounts.delete(this.countLeases);
  }

  async process(): Promise<void> {
    while (!this.isStopping) {
      const lease = await this.taker.next();
      if (!lease) return;
      await this.bringOn(lease);
    }
    // What this worker would have taken next is for another.
    this.waker.wake();
  }

  private async bringOn(lease: LeasedRun): Promise<void> {
    const { id: runId } = lease.run;
    const running = new RunningRun();
    this.running.set(runId, running);
    try {
      const { status, created_at: acceptedAt } = lease.run;
      if (status === 'queued') runWait.observe(Math.max(0, Date.now() - acceptedAt.getTime()) / 1000);
      const execution = await this.execute(lease, running);
      if (execution === 'lost') leasesLost.inc();
      if (execution === 'unfinished') await this.giveBack(lease, running.control);
    } finally {
      // A run that rested may have been taken up here again by now.
      if (this.running.get(runId) === running) this.running.delete(runId);
    }
  }

  private async execute(lease: LeasedRun, running: RunningRun): Promise<Execution> {
    const { run, fence, attempts } = lease;
    if (attempts <= this.options.maxAttempts) return this.executor.execute(lease, running);
    try {
      await this.ender.park({ tenantId: run.tenant_id, runId: run.id, fence }, run, this.options.maxAttempts);
      this.logger.error({ msg: 'A run was parked', runId: run.id, attempts: this.options.maxAttempts });
      return 'ended';
    } catch (error) {
      return error instanceof LeaseLost ? 'lost' : 'unfinished';
    }
  }

  /** Where Postgres does not answer, the lease runs out by itself. */
  private async giveBack({ run, attempts }: LeasedRun, { signal }: AbortController): Promise<void> {
    const { name, firstRestMs = FIRST_REST_MS } = this.options;
    if (signal.reason instanceof WorkerStopping) {
      await this.queue.handOver(name, run.id).catch(() => undefined);
      return;
    }
    const restMs = Math.min(firstRestMs * 2 ** (attempts - 1), LONGEST_REST_MS);
    await this.queue.rest(name, run.id, restMs).catch(() => undefined);
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
