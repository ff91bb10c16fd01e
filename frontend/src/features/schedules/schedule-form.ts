import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import type { NewSchedule, Schedule, Timing } from '../../api/schedules';
import type { Me } from '../../api/types';
import type { RightValues } from '../unattended/RightFields';

/** What is filled in, as texts. */
export interface ScheduleValues extends RightValues {
  workflowId: string;
  name: string;
  /** A pinned one's number; empty where each time runs the published one. */
  revision: string;
  kind: 'cron' | 'every';
  cron: string;
  every: string;
  timezone: string;
  catchUp: NonNullable<NewSchedule['catchUp']>;
  overlap: NonNullable<NewSchedule['overlap']>;
  notify: string;
  parameters: Record<string, string>;
}

export const emptyValues = (workflowId: string, { role, warehouse }: Me): ScheduleValues => ({
  workflowId,
  name: '',
  revision: '',
  kind: 'cron',
  cron: '0 7 * * MON-FRI',
  every: '13h',
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  credentialId: '',
  role: role ?? '',
  warehouse: warehouse ?? '',
  catchUp: 'last',
  overlap: 'skip',
  notify: '',
  parameters: {},
});

/** A schedule as it is to be filled in again. */
export function valuesOf(schedule: Schedule, me: Me): ScheduleValues {
  const { workflowId, name, revision, cron, every, timezone, credentialId, role, catchUp, overlap } = schedule;
  const given = Object.entries(schedule.parameters).map(([key, value]) => [key, textOf(value)]);
  return {
    ...emptyValues(workflowId, me),
    ...(cron === null ? { kind: 'every', every: every ?? '' } : { kind: 'cron', cron }),
    name,
    revision: String(revision ?? ''),
    timezone,
    credentialId,
    role,
    warehouse: schedule.warehouse ?? '',
    catchUp,
    overlap,
    notify: schedule.notify.join(', '),
    parameters: Object.fromEntries(given) as Record<string, string>,
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const timingOf = ({ kind, cron, every, timezone }: ScheduleValues): Timing =>
  kind === 'cron' ? { cron, timezone } : { every, timezone };

/** What is sent, of a new one and of one that changes. A parameter that is left empty has its default. */
export function requestOf(values: ScheduleValues, declared: readonly WorkflowParameter[]): NewSchedule {
  const { workflowId, name, revision, credentialId, role, warehouse, catchUp, overlap } = values;
  const notify = values.notify.split(/[\s,;]+/).filter(Boolean);
  const given = declared.flatMap(({ name: parameter, type }): [string, unknown][] => {
    const text = values.parameters[parameter] ?? '';
    return text === '' ? [] : [[parameter, typed(type, text)]];
  });
  return {
    ...timingOf(values),
    workflowId,
    ...(name.trim() ? { name: name.trim() } : {}),
    revision: revision === '' ? null : Number(revision),
    credentialId,
    role,
    warehouse: warehouse || null,
    parameters: Object.fromEntries(given),
    catchUp,
    overlap,
    notify,
  };
}

/** A text that is no number goes as it is: the server says what it should be. */
function typed(type: WorkflowParameter['type'], text: string): string | number | boolean {
  if (type === 'number' && Number.isFinite(Number(text))) return Number(text);
  if (type === 'boolean' && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}
