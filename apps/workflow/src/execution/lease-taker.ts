import { Inject, Injectable } from '@nestjs/common';
import { RunWaker } from '../queue/run-waker';
import { type LeasedRun, LeasesRepository } from './leases.repository';
import { WORKER_OPTIONS, type WorkerOptions } from './worker-options';

interface Asking {
  resolve(lease: LeasedRun | undefined): void;
  reject(error: unknown): void;
}

/** Takes runs up for the places of this worker. Places that become free while one asks are asked for together, in the next statement. */
@Injectable()
export class LeaseTaker {
  private asking: Asking[] = [];
  private taking = false;

  constructor(
    private readonly leases: LeasesRepository,
    private readonly waker: RunWaker,
    @Inject(WORKER_OPTIONS) private readonly options: WorkerOptions,
  ) {}

  /** The next run that may start, for one free place; nothing where there is none. */
  next(): Promise<LeasedRun | undefined> {
    return new Promise((resolve, reject) => {
      this.asking.push({ resolve, reject });
      if (!this.taking) void this.takeForAll();
    });
  }

  private async takeForAll(): Promise<void> {
    this.taking = true;
    while (this.asking.length > 0) {
      const asked = this.asking;
      this.asking = [];
      const { name: worker, leaseMs, risesAfterSeconds } = this.options;
      try {
        const { leases, more } = await this.leases.take({ worker, leaseMs, risesAfterSeconds, places: asked.length });
        asked.forEach(({ resolve }, index) => resolve(leases[index]));
        if (more) this.waker.wakeAnother();
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    this.taking = false;
  }
}
