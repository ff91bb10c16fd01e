import { Injectable, Logger } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import { LeasesRepository } from './leases.repository';
import type { HeldRun } from './run-record.repository';
import { RunEnder } from './run-ender';
import { LeaseLost } from './run-interruptions';

/** Longer than it takes to cancel a run's statements, to ask what became of its writes and to write its end; after it somebody else may try. */
const LEASE_MS = 20_000;
const BATCH = 20;

/**
 * Ends runs that are to be cancelled and that no worker has: those that wait for a place or rest after a failure, and those whose worker
 * died. It needs no place of a worker, so a cancelled run ends in time however much there is to do.
 */
@Injectable()
export class UnheldCancels {
  private readonly logger = new Logger(UnheldCancels.name);
  private readonly holder = newId('cancel');

  constructor(
    private readonly leases: LeasesRepository,
    private readonly ender: RunEnder,
  ) {}

  /** Answers whether the run was nobody's and so has ended here. */
  async end(runId: string): Promise<boolean> {
    const [held] = await this.leases.takeCancelled(this.holder, LEASE_MS, 1, runId);
    if (!held) return false;
    await this.endHeld(held);
    return true;
  }

  async endAll(): Promise<void> {
    const found = await this.leases.takeCancelled(this.holder, LEASE_MS, BATCH);
    await Promise.all(found.map((held) => this.endHeld(held)));
  }

  private async endHeld(held: HeldRun): Promise<void> {
    try {
      await this.ender.cancel(held);
    } catch (error) {
      // It ended meanwhile, or somebody ends it once this lease has run out.
      if (error instanceof LeaseLost) return;
      this.logger.warn({
        msg: 'A run was not cancelled yet',
        runId: held.runId,
        reason: error instanceof Error ? error.name : '',
      });
    }
  }
}
