import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { Pool } from 'pg';
import { ChangeLog } from '../../audit/change-log';
import { WorkflowStore } from '../../database/workflow-store';
import type { UnattendedOrder, UnattendedRun } from '../../unattended/unattended-order';
import type { Clock } from '../clock';
import { FiringRepository } from '../firing.repository';
import { InstantsRepository } from '../instants.repository';
import { ScheduleFailures } from '../schedule-failures';
import { ScheduleFiring } from '../schedule-firing';
import { SchedulePause } from '../schedule-pause';
import { ScheduleStarting } from '../schedule-starting';
import { ScheduleWorkRepository } from '../schedule-work.repository';

/** A scheduler and a starter on connections of their own, which die with it in the middle of whatever they are at. */
export class MortalScheduler {
  private readonly store: WorkflowStore;
  private readonly firing: ScheduleFiring;
  private readonly starting: ScheduleStarting;
  private isDead = false;

  constructor(
    private readonly name: string,
    url: string,
    clock: Clock,
  ) {
    this.store = new WorkflowStore({ url, applicationName: name, poolSize: 2 });
    const pauses = new SchedulePause(new ChangeLog(this.store));
    this.firing = new ScheduleFiring(new FiringRepository(this.store), pauses, clock);
    this.starting = new ScheduleStarting(
      this.store,
      new ScheduleWorkRepository(this.store),
      new InstantsRepository(this.store),
      { cancel: () => Promise.resolve() },
      new ScheduleFailures(pauses),
      clock,
      new KeyedStarts(this.store.pool),
      unsealed,
    );
  }

  /** Does what there is to do until it is killed; answers once it has done so many steps, when it is at the next. */
  live(steps: number): Promise<void> {
    return new Promise((resolve) => {
      let done = 0;
      const step = () => {
        if ((done += 1) === steps) resolve();
      };
      void this.repeat(() => this.firing.fireOne(), step);
      void this.repeat(() => this.starting.startOne(), step);
    });
  }

  /** As a machine that is switched off: Postgres loses it at once, and nothing is said any more. */
  async kill(owner: Pool): Promise<void> {
    this.isDead = true;
    void this.store.onApplicationShutdown().catch(() => undefined);
    await owner.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
      this.name,
    ]);
  }

  private async repeat(step: () => Promise<boolean>, count: () => void): Promise<void> {
    while (!this.isDead) {
      const found = await step().catch(() => false);
      if (found) count();
      else await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

/** Starts as UnattendedRuns promises it: one run for one key, kept with the key. */
class KeyedStarts {
  constructor(private readonly pool: Pool) {}

  async start({ key }: UnattendedOrder): Promise<UnattendedRun> {
    const { rows } = await this.pool.query<{ run_id: string; times: number }>(
      `INSERT INTO spec.started (key) VALUES ($1) ON CONFLICT (key) DO UPDATE SET times = started.times + 1
       RETURNING run_id, times`,
      [key],
    );
    const [{ run_id: runId, times } = { run_id: '', times: 0 }] = rows;
    return { runId, ownerId: '', isRepeat: times > 1 };
  }
}

const unsealed: Sealer = { seal: (text) => text, open: (text) => text };
