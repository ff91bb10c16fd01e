import type { Insertable, Selectable } from 'kysely';
import type { ScheduleInstantsTable, SchedulesTable } from './schedules.tables';

/** An instant with what it orders, as the schedule stands at this moment. */
export function instantOf(
  schedule: Selectable<SchedulesTable>,
  instant: Date,
  revision: number | null,
  more: Partial<Insertable<ScheduleInstantsTable>> = {},
): Insertable<ScheduleInstantsTable> {
  const { tenant_id, id, credential_id, role, warehouse, sealed_parameters } = schedule;
  return {
    tenant_id,
    schedule_id: id,
    instant,
    asked_by: null,
    state: 'due',
    revision,
    credential_id,
    role,
    warehouse,
    sealed_parameters,
    ordered_at: null,
    run_id: null,
    outcome: null,
    code: null,
    reason: null,
    ...more,
  };
}
