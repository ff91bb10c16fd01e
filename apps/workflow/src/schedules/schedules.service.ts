import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type {
  ChangeScheduleRequest,
  CreateScheduleRequest,
  ScheduleRunsRequest,
  ScheduleRunView,
  SchedulesQuery,
  ScheduleSummaryView,
  ScheduleView,
  TimingBody,
  TimingView,
} from '@snowflow/contracts/workflow/schedules.dto';
import { currentPerson } from '@snowflow/transport/request-scope';
import type { Insertable, Kysely } from 'kysely';
import { ChangeLog } from '../audit/change-log';
import { workflowNotFound } from '../database/not-found';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import { SEALER } from '../sealer';
import { CurrentSession } from '../validation/current-session';
import { refuseExcess } from '../workflows/parse-document';
import { WorkflowsRepository } from '../workflows/workflows.repository';
import { Clock } from './clock';
import { FiringRepository } from './firing.repository';
import { instantOf } from './instant-order';
import { InstantsRepository } from './instants.repository';
import { openParameters, sealParameters } from './schedule-binding';
import { SCHEDULE_OPTIONS, type ScheduleOptions } from './schedule-options';
import { UNPUBLISHED } from './schedule-pause';
import { ScheduleRights } from './schedule-rights';
import { nextTimes, runViewOf, summaryOf, viewOf } from './schedule-view';
import { changedSettings, isPauseOnly, isSameTiming, newSettings, saidOf, type Settings } from './schedule-settings';
import { type ScheduleRow, SchedulesRepository } from './schedules.repository';
import type { SchedulesTable } from './schedules.tables';
import { checkedTimetable } from './timetable/timing';

/** What runs by the clock. Who may change a workflow schedules it; owners and admins of the tenant see, pause and remove any. */
@Injectable()
export class SchedulesService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly schedules: SchedulesRepository,
    private readonly firing: FiringRepository,
    private readonly instants: InstantsRepository,
    private readonly workflows: WorkflowsRepository,
    private readonly rights: ScheduleRights,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
    private readonly clock: Clock,
    @Inject(SEALER) private readonly sealer: Sealer,
    @Inject(SCHEDULE_OPTIONS) private readonly options: ScheduleOptions,
  ) {}

  async preview({ cron, every, timezone }: TimingBody): Promise<TimingView> {
    const now = this.clock.now();
    const timing = { cron: cron ?? null, every: every ?? null, timezone: timezone ?? 'UTC', start: now.getTime() };
    return { nextTimes: nextTimes(checkedTimetable(timing, this.options.leastMs), now) };
  }

  async list({ workflowId, limit = DEFAULT_PAGE_SIZE, cursor }: SchedulesQuery): Promise<Page<ScheduleView>> {
    const { tenantId, userId } = await this.session.require();
    const filter = { ownerId: userId, workflowId, after: parseCursor(cursor), limit: limit + 1 };
    const rows = await this.store.transaction(tenantId, (db) => this.schedules.list(db, filter));
    return pageOf(rows, limit, endOf, (row) => this.viewOf(row));
  }

  async listOfTenant({ limit = DEFAULT_PAGE_SIZE, cursor }: PageQuery): Promise<Page<ScheduleSummaryView>> {
    const after = parseCursor(cursor);
    const { tenantId } = await this.session.requireAdmin('see all of its schedules');
    const rows = await this.store.transaction(tenantId, (db) => this.schedules.list(db, { after, limit: limit + 1 }));
    return pageOf(rows, limit, endOf, (row) => summaryOf(row, this.clock.now()));
  }

  async get(id: string): Promise<ScheduleView> {
    return this.viewOf(await this.own(await this.session.require(), id));
  }

  async create(request: CreateScheduleRequest): Promise<ScheduleView> {
    const session = await this.session.requireBuilder();
    const { tenantId, userId, username } = session;
    const settings = newSettings(request, this.clock.now());
    const workflow = await this.check(session, request.workflowId, settings);
    const { name = workflow.name, enabled = true } = request;
    const row: Insertable<SchedulesTable> = {
      ...this.stored(tenantId, settings),
      tenant_id: tenantId,
      id: newId('sch'),
      owner_id: userId,
      owner_name: username,
      workflow_id: request.workflowId,
      name,
      enabled,
      paused_code: null,
      paused_reason: null,
      paused_at: null,
    };
    await this.store.transaction(tenantId, async (db) => {
      await this.schedules.insert(db, row);
      if (enabled) await this.firing.setClock(db, row.id, tenantId, this.nextOf(settings));
      const object = { kind: 'schedule', id: row.id, name };
      await this.changes.byPerson(db, session, { action: 'schedule.created', object, after: saidOf(settings) });
    });
    return this.get(row.id);
  }

  /** Who is no more than an admin may pause it, and nothing else. */
  async change({ id, ...request }: ChangeScheduleRequest): Promise<ScheduleView> {
    const session = await this.session.requireBuilder();
    const before = await this.own(session, id, isPauseOnly(request));
    const { tenantId } = session;
    const old = this.settingsOf(before);
    const settings = changedSettings(old, request, this.clock.now());
    const { name = before.name, enabled = before.enabled } = request;
    const mayOnlyPause = isPauseOnly(request);
    if (!mayOnlyPause) await this.check(session, before.workflow_id, settings);
    const isResumed = enabled && !before.enabled;
    const goesOn = enabled && before.enabled && isSameTiming(old, settings);
    const change = {
      ...(mayOnlyPause ? {} : { ...this.stored(tenantId, settings), name }),
      enabled,
      ...(isResumed ? { failures: 0, paused_code: null, paused_reason: null, paused_at: null } : {}),
      ...(before.enabled && !enabled
        ? { paused_code: 'BY_HAND', paused_reason: `${session.username} paused it.`, paused_at: this.clock.now() }
        : {}),
    };
    await this.store.transaction(tenantId, async (db) => {
      await this.schedules.lock(db, id);
      if (!mayOnlyPause) await this.assertUnchanged(db, before);
      await this.schedules.change(db, id, change);
      // An instant that is due and that nobody has seen to yet stays due.
      if (!goesOn) await this.firing.setClock(db, id, tenantId, enabled ? this.nextOf(settings) : undefined);
      await this.changes.byPerson(db, session, {
        action: before.enabled && !enabled ? 'schedule.paused' : 'schedule.changed',
        object: { kind: 'schedule', id, name },
        before: { ...saidOf(old), enabled: before.enabled },
        after: { ...saidOf(settings), enabled },
      });
    });
    return this.viewOf(await this.own(session, id, true));
  }

  async remove(id: string): Promise<Done> {
    const session = await this.session.requireBuilder();
    const { name, ...row } = await this.own(session, id, true);
    await this.store.transaction(session.tenantId, async (db) => {
      await this.schedules.lock(db, id);
      await this.schedules.remove(db, id);
      const object = { kind: 'schedule', id, name };
      await this.changes.byPerson(db, session, {
        action: 'schedule.removed',
        object,
        before: saidOf(this.settingsOf({ ...row, name })),
      });
    });
    return { done: true };
  }

  /** An instant like any other, at this moment; a paused schedule can be tried so. */
  async runNow(id: string): Promise<ScheduleRunView> {
    const session = await this.session.requireBuilder();
    const row = await this.own(session, id);
    const workflow = await this.workflowOf(session, row.workflow_id);
    const revision = row.revision ?? workflow.published;
    if (revision === null) throw new AppError('VALIDATION', UNPUBLISHED.reason);
    const now = this.clock.now();
    const instant = instantOf(row, now, revision, { asked_by: session.username });
    await this.store.transaction(session.tenantId, (db) => this.firing.add(db, [instant], now));
    return { ...EMPTY_RUN, instant: now.toISOString(), askedBy: session.username, revision };
  }

  async runs({ id, limit = DEFAULT_PAGE_SIZE, cursor }: ScheduleRunsRequest): Promise<Page<ScheduleRunView>> {
    const session = await this.session.require();
    await this.own(session, id);
    const rows = await this.instants.newest(session.tenantId, id, parseCursor(cursor)?.at, limit + 1);
    return pageOf(rows, limit, ({ instant }) => ({ at: instant, id }), runViewOf);
  }

  /** Somebody else's is none; with `orAdmin` the tenant's admins have all. */
  private async own(session: SessionRecord, id: string, orAdmin = false): Promise<ScheduleRow> {
    const row = await this.store.transaction(session.tenantId, (db) => this.schedules.find(db, id));
    const isAdmin = session.appRole === 'owner' || session.appRole === 'admin';
    if (row && (row.owner_id === session.userId || (orAdmin && isAdmin))) return row;
    throw new AppError('NOT_FOUND', 'There is no such schedule.');
  }

  /** Somebody else, or a scheduler that paused it, was quicker: what was decided was decided about another state. */
  private async assertUnchanged(db: Kysely<WorkflowDatabase>, before: ScheduleRow): Promise<void> {
    const now = await this.schedules.find(db, before.id);
    if (isDeepStrictEqual(now, { ...before, failures: now?.failures })) return;
    throw new AppError('REVISION_CONFLICT', 'The schedule was changed or paused meanwhile. Look at it again.');
  }

  private async workflowOf({ tenantId, userId }: SessionRecord, id: string) {
    const row = await this.store.transaction(tenantId, (db) => this.workflows.find(db, { tenantId, userId }, id));
    if (!row) throw workflowNotFound();
    return row;
  }

  private async check(session: SessionRecord, workflowId: string, settings: Settings) {
    const { cron, every, timezone, startsAt, parameters } = settings;
    refuseExcess('parameters', parameters);
    checkedTimetable({ cron, every, timezone, start: startsAt.getTime() }, this.options.leastMs);
    const workflow = await this.workflowOf(session, workflowId);
    const revision = settings.revision ?? workflow.published;
    if (revision === null) throw unpublished();
    await this.rights.check({ ...settings, tenantId: session.tenantId, workflowId, revision });
    return workflow;
  }

  private nextOf({ cron, every, timezone, startsAt }: Settings): Date | undefined {
    const timing = { cron, every, timezone, start: startsAt.getTime() };
    const next = checkedTimetable(timing, 0).after(this.clock.now().getTime());
    return next === undefined ? undefined : new Date(next);
  }

  private stored(tenantId: string, settings: Settings) {
    return {
      cron: settings.cron,
      every: settings.every,
      timezone: settings.timezone,
      starts_at: settings.startsAt,
      revision: settings.revision,
      credential_id: settings.credentialId,
      role: settings.role,
      warehouse: settings.warehouse,
      sealed_parameters: sealParameters(this.sealer, tenantId, settings.parameters),
      catch_up: settings.catchUp,
      catch_up_most: settings.catchUpMost,
      overlap: settings.overlap,
      pause_after: settings.pauseAfter,
      notify: JSON.stringify(settings.notify),
    };
  }

  private settingsOf(row: ScheduleRow): Settings {
    return {
      ...row,
      startsAt: row.starts_at,
      credentialId: row.credential_id,
      parameters: openParameters(this.sealer, row.tenant_id, row.sealed_parameters),
      catchUp: row.catch_up,
      catchUpMost: row.catch_up_most,
      pauseAfter: row.pause_after,
    };
  }

  /** Values of parameters are shown to whose they are. */
  private viewOf(row: ScheduleRow): ScheduleView {
    const isOwn = row.owner_id === currentPerson().userId;
    const parameters = isOwn ? openParameters(this.sealer, row.tenant_id, row.sealed_parameters) : {};
    return viewOf(row, parameters, this.clock.now());
  }
}

const endOf = ({ created_at, id }: ScheduleRow) => ({ at: created_at, id });

const EMPTY_RUN = { state: 'due', runId: null, outcome: null, code: null, reason: null } as const;

function unpublished(): AppError {
  const message = 'Publish the workflow, or pin a revision';
  return new AppError('VALIDATION', `The schedule is not right: ${message}.`, {
    errors: [{ path: 'revision', message }],
  });
}
