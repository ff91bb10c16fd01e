import { Inject, Injectable, Logger, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { LimitsInForce } from '@snowflow/platform/sessions/limits-in-force';
import { KeptRevisionsRepository } from './kept-revisions.repository';
import { PurgeRepository } from './purge.repository';

/** How often is looked for what was kept long enough, and for how long finished runs are kept where a tenant has not decided it. */
export interface RetentionOptions {
  everyMs: number;
  runDays: number;
  /** Workflows stay in the trash for so long. */
  trashDays: number;
}

/** Injection token of RetentionOptions. */
export const RETENTION = Symbol('RETENTION');

export interface Purged {
  runs: number;
  idempotencyKeys: number;
}

const BATCH = 500;

/** Removes finished runs, idempotency keys, autosaved revisions and what is in the trash once they were kept long enough. It runs in every worker; one of them at a time does it. */
@Injectable()
export class Purge implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Purge.name);
  private timer?: NodeJS.Timeout;
  private purging: Promise<unknown> | undefined;
  private isStopping = false;

  constructor(
    private readonly repository: PurgeRepository,
    private readonly revisions: KeptRevisionsRepository,
    // Asked each time: by what was known a while ago nothing is removed for good.
    private readonly limits: LimitsInForce,
    @Inject(RETENTION) private readonly options: RetentionOptions,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.purging ??= this.purge().finally(() => (this.purging = undefined));
    }, this.options.everyMs).unref();
  }

  /** A purge ends after the batch it is at. */
  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    clearInterval(this.timer);
    await this.purging;
  }

  /** Answers what was removed; nothing where another replica is at it. A purge that fails is tried again with the next. */
  async purge(): Promise<Purged | undefined> {
    const purged: Purged = { runs: 0, idempotencyKeys: 0 };
    try {
      const wasDone = await this.repository.alone(() => this.purgeAll(purged));
      if (!wasDone) return undefined;
      if (purged.runs + purged.idempotencyKeys > 0)
        this.logger.log({ msg: 'Old runs and keys were removed', ...purged });
      return purged;
    } catch (error) {
      this.logger.warn({
        msg: 'A purge did not come to its end',
        ...purged,
        reason: error instanceof Error ? error.name : '',
      });
      return undefined;
    }
  }

  private async purgeAll(purged: Purged): Promise<void> {
    const parts = await this.repository.partsOfRuns();
    const naming = await this.revisions.naming();
    for (const tenantId of await this.repository.tenants()) {
      const days = await this.daysOf(tenantId);
      if (days === undefined) continue;
      purged.runs += await this.inBatches(() => this.repository.removeRuns(tenantId, days, BATCH, parts));
      purged.idempotencyKeys += await this.inBatches(() => this.repository.removeKeys(tenantId, BATCH));
      await this.inBatches(() => this.repository.removeDraftCalls(tenantId, days, BATCH));
      await this.inBatches(() => this.revisions.thinOut(tenantId, BATCH, naming));
      await this.inBatches(() => this.revisions.emptyTrash(tenantId, this.options.trashDays, BATCH));
      await this.inBatches(() => this.repository.removeInstants(tenantId, days, BATCH));
    }
  }

  /** Undefined where nobody says what the tenant has decided: then it is left for the next time. */
  private async daysOf(tenantId: string): Promise<number | undefined> {
    try {
      return (await this.limits.of(tenantId)).runRetentionDays ?? this.options.runDays;
    } catch (error) {
      this.logger.warn({
        msg: 'A tenant was left out of a purge: for how long it keeps runs is not known',
        tenantId,
        reason: error instanceof Error ? error.name : '',
      });
      return undefined;
    }
  }

  private async inBatches(remove: () => Promise<number>): Promise<number> {
    let all = 0;
    while (!this.isStopping) {
      const count = await remove();
      all += count;
      if (count < BATCH) break;
    }
    return all;
  }
}
