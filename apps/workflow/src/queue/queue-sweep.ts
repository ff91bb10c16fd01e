import { Inject, Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { UnheldCancels } from '../execution/unheld-cancels';
import { WORKER_OPTIONS, type WorkerOptions } from '../execution/worker-options';
import { RunPlacesOfTenants } from './run-places';
import { RunQueueRepository, type WrittenPlaces } from './run-queue.repository';
import { RunWaker } from './run-waker';

const EVERY_MS = 1_000;
const PLACES_EVERY = 5;
const ASKED_AT_ONCE = 10;

/**
 * What nobody says: that a wake-up was lost, that a lease ran out, a rest is over, a worker died with a run that is to be cancelled, a
 * tenant has other limits now. It runs in every worker, each second; what one sweep does the others find done.
 */
@Injectable()
export class QueueSweep implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(QueueSweep.name);
  private timer?: NodeJS.Timeout;
  private sweeping: Promise<void> | undefined;
  private sweeps = 0;

  constructor(
    private readonly queue: RunQueueRepository,
    private readonly waker: RunWaker,
    private readonly cancels: UnheldCancels,
    private readonly places: RunPlacesOfTenants,
    @Inject(WORKER_OPTIONS) private readonly options: WorkerOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweeping ??= this.sweep().finally(() => (this.sweeping = undefined));
    }, this.options.sweepEveryMs ?? EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  private async sweep(): Promise<void> {
    try {
      await this.cancels.endAll();
      if (await this.queue.hasDue(this.options.risesAfterSeconds)) this.waker.wakeAnother();
      if (this.sweeps++ % PLACES_EVERY === 0) await this.followLimits();
    } catch (error) {
      this.logger.warn({ msg: 'A sweep of the queue did not work', reason: error instanceof Error ? error.name : '' });
    }
  }

  /** Runs that wait go by what their tenant's limits are now, not by what they were. */
  private async followLimits(): Promise<void> {
    const all = await this.queue.writtenPlaces();
    // Auth is asked where Redis has lost its copies, and then of all of them.
    for (let from = 0; from < all.length; from += ASKED_AT_ONCE)
      await this.follow(all.slice(from, from + ASKED_AT_ONCE));
  }

  private async follow(some: readonly WrittenPlaces[]): Promise<void> {
    // Where nobody says what they are now, they stay what they were.
    const asked = await Promise.all(some.map(({ tenantId }) => this.places.of(tenantId).catch(() => undefined)));
    for (const [index, written] of some.entries()) {
      const now = asked[index] ?? written;
      const isSame = (['perTenant', 'perWorkflow', 'perWarehouse'] as const).every((one) => now[one] === written[one]);
      if (!isSame) await this.queue.rewritePlaces({ ...now, tenantId: written.tenantId });
    }
  }
}
