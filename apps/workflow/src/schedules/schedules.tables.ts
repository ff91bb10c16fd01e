import type { CatchUp, InstantState, Overlap } from '@snowflow/contracts/workflow/schedules.dto';
import type { RunStatus } from '@snowflow/contracts/runs/run-state';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

export interface SchedulesTable {
  tenant_id: string;
  id: string;
  owner_id: string;
  owner_name: string;
  workflow_id: string;
  name: string;
  /** Of `cron` and `every` one. */
  cron: string | null;
  every: string | null;
  timezone: string;
  /** What an interval counts from. */
  starts_at: Date;
  /** A pinned revision; null: the published one of the instant. */
  revision: number | null;
  credential_id: string;
  role: string;
  warehouse: string | null;
  sealed_parameters: string;
  catch_up: CatchUp;
  /** Of `all`. */
  catch_up_most: number;
  overlap: Overlap;
  /** It pauses after so many failures in a row. */
  pause_after: number;
  /** Addresses that hear of a pause. */
  notify: JSONColumnType<string[]>;
  enabled: boolean;
  failures: Generated<number>;
  paused_code: string | null;
  paused_reason: string | null;
  paused_at: Date | null;
  created_at: ColumnType<Date, Date | undefined, never>;
}

/** What an instant orders stands in its row from the moment it is due, so that whoever starts it starts the same. */
export interface ScheduleInstantsTable {
  tenant_id: string;
  schedule_id: string;
  instant: Date;
  /** The user name of who ran it by hand. */
  asked_by: string | null;
  state: InstantState;
  revision: number | null;
  credential_id: string;
  role: string;
  warehouse: string | null;
  /** Until it is settled. */
  sealed_parameters: string | null;
  /** When a run was first ordered for it. */
  ordered_at: Date | null;
  run_id: string | null;
  outcome: RunStatus | null;
  code: string | null;
  reason: string | null;
}

/** When a schedule that is not paused is next due. Like the queue it is nobody's: ids and times only. */
interface ScheduleClockTable {
  schedule_id: string;
  tenant_id: string;
  due_at: Date;
}

/** What is to be done: start a run for an instant, follow that run to its end, tell that the schedule was paused. */
export interface ScheduleWorkTable {
  schedule_id: string;
  instant: Date;
  kind: 'start' | 'follow' | 'notice';
  tenant_id: string;
  /** Not before; while somebody is at it, until when it is left to them. */
  at: Date;
  attempts: Generated<number>;
}

export interface ScheduleTables {
  'workflow.schedules': SchedulesTable;
  'workflow.schedule_instants': ScheduleInstantsTable;
  'workflow.schedule_clock': ScheduleClockTable;
  'workflow.schedule_work': ScheduleWorkTable;
}
