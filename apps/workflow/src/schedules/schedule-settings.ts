import { AppError } from '@snowflow/contracts/errors/app-error';
import type {
  CatchUp,
  ChangeScheduleBody,
  CreateScheduleRequest,
  Overlap,
} from '@snowflow/contracts/workflow/schedules.dto';

/** What a person decides about a schedule, in full. */
export interface Settings {
  cron: string | null;
  every: string | null;
  timezone: string;
  startsAt: Date;
  revision: number | null;
  credentialId: string;
  role: string;
  warehouse: string | null;
  parameters: Record<string, unknown>;
  catchUp: CatchUp;
  catchUpMost: number;
  overlap: Overlap;
  pauseAfter: number;
  notify: string[];
}

const EMAIL = /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,190}$/;

/** The settings of a new schedule, with what was left out. */
export function newSettings(request: CreateScheduleRequest, now: Date): Settings {
  const { cron = null, every = null, timezone = 'UTC', revision = null, warehouse = null } = request;
  const { catchUp = 'last', catchUpMost = 10, overlap = 'skip', pauseAfter = 5, notify = [] } = request;
  const { credentialId, role, parameters = {} } = request;
  const named = { credentialId, role, warehouse, revision, parameters };
  const rules = { catchUp, catchUpMost, overlap, pauseAfter, notify: checkedAddresses(notify) };
  return { cron, every, timezone, startsAt: now, ...named, ...rules };
}

/** What is given takes the place of what was; an interval that changes counts from now on. */
export function changedSettings(before: Settings, request: ChangeScheduleBody, now: Date): Settings {
  const { cron, every, timezone = before.timezone } = request;
  const isTimed = cron !== undefined || every !== undefined;
  const timing = isTimed ? { cron: cron ?? null, every: every ?? null } : { cron: before.cron, every: before.every };
  const isNew = timing.every !== before.every;
  return {
    ...timing,
    timezone,
    startsAt: isNew ? now : before.startsAt,
    revision: request.revision === undefined ? before.revision : request.revision,
    credentialId: request.credentialId ?? before.credentialId,
    role: request.role ?? before.role,
    warehouse: request.warehouse === undefined ? before.warehouse : request.warehouse,
    parameters: request.parameters ?? before.parameters,
    catchUp: request.catchUp ?? before.catchUp,
    catchUpMost: request.catchUpMost ?? before.catchUpMost,
    overlap: request.overlap ?? before.overlap,
    pauseAfter: request.pauseAfter ?? before.pauseAfter,
    notify: request.notify === undefined ? before.notify : checkedAddresses(request.notify),
  };
}

/** What the log of changes says: no values of parameters. */
export function saidOf({ cron, every, timezone, revision, credentialId, role, warehouse }: Settings) {
  return { cron, every, timezone, revision, credentialId, role, warehouse };
}

/** Whether its instants stay the same. */
export function isSameTiming(one: Settings, other: Settings): boolean {
  return one.cron === other.cron && one.every === other.every && one.timezone === other.timezone;
}

/** Whether all that is asked is to pause. */
export function isPauseOnly({ enabled, ...other }: ChangeScheduleBody): boolean {
  return enabled === false && Object.values(other).every((value) => value === undefined);
}

function checkedAddresses(addresses: string[]): string[] {
  addresses.forEach((address, index) => {
    if (EMAIL.test(address)) return;
    const message = 'Give an email address';
    throw new AppError('VALIDATION', 'The schedule is not right: an address is none.', {
      errors: [{ path: `notify.${index}`, message }],
    });
  });
  return addresses;
}
