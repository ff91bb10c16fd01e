import type { ScheduleRunView, ScheduleSummaryView, ScheduleView } from '@snowflow/contracts/workflow/schedules.dto';
import type { InstantRow } from './instants.repository';
import type { ScheduleRow } from './schedules.repository';
import { nextInstants, type Timetable } from './timetable/timetable';
import { timetableOf } from './timetable/timing';

/** How many of the next instants are shown. */
const SHOWN = 5;

export const nextTimes = (timetable: Timetable, now: Date): string[] =>
  nextInstants(timetable, now.getTime(), SHOWN).map((instant) => new Date(instant).toISOString());

export function summaryOf(row: ScheduleRow, now: Date): ScheduleSummaryView {
  const { id, name, cron, every, timezone, role, warehouse, enabled, failures } = row;
  return {
    id,
    name,
    workflowId: row.workflow_id,
    workflowName: row.workflow_name,
    cron,
    every,
    timezone,
    role,
    warehouse,
    enabled,
    failures,
    pausedReason: row.paused_reason,
    createdBy: row.owner_name,
    nextTimes: enabled ? nextTimes(timetableOf({ cron, every, timezone, start: row.starts_at.getTime() }), now) : [],
  };
}

export function viewOf(row: ScheduleRow, parameters: Record<string, unknown>, now: Date): ScheduleView {
  return {
    ...summaryOf(row, now),
    revision: row.revision,
    credentialId: row.credential_id,
    parameters,
    catchUp: row.catch_up,
    catchUpMost: row.catch_up_most,
    overlap: row.overlap,
    pauseAfter: row.pause_after,
    notify: row.notify,
    pausedCode: row.paused_code,
    pausedAt: row.paused_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}

export function runViewOf(row: InstantRow): ScheduleRunView {
  const { instant, asked_by: askedBy, state, revision, run_id: runId, outcome, code, reason } = row;
  return { instant: instant.toISOString(), askedBy, state, revision, runId, outcome, code, reason };
}
