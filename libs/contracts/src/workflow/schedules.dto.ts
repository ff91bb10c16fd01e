import { PageQuery } from '../dto/page.dto';
import { Flag, FreeObject, Moment, OneOf, Text, Texts, Whole } from '../dto/fields';
import { RUN_STATUSES, type RunStatus } from '../runs/run-state';

export const CATCH_UPS = ['skip', 'last', 'all'] as const;
export type CatchUp = (typeof CATCH_UPS)[number];
export const OVERLAPS = ['skip', 'queue', 'cancel'] as const;
export type Overlap = (typeof OVERLAPS)[number];
/** `due`: its run is not started yet. */
export const INSTANT_STATES = ['due', 'started', 'skipped', 'refused'] as const;
export type InstantState = (typeof INSTANT_STATES)[number];

const CATCH_UP = 'Of instants that were missed: none runs, the last does, or all up to catchUpMost';
const OVERLAP = 'While its run before goes on: skip the instant, queue it, or cancel that run';
const EVERY = 'Every so long since it was made, as 13h, 90m or 1d12h, whatever clocks show';

/** When: cron in a time zone, or an interval; one of the two. */
export class TimingBody {
  @Text({ optional: true, max: 200, example: '0 7 * * MON-FRI', description: 'Five fields' }) cron?: string;
  @Text({ optional: true, max: 60, example: '13h', description: EVERY }) every?: string;
  @Text({ optional: true, max: 60, example: 'Europe/Berlin', description: 'An IANA name; without it UTC' })
  timezone?: string;
}

export class TimingView {
  @Texts({ description: 'The next five instants, in UTC' }) nextTimes: string[];
}

export class CreateScheduleRequest extends TimingBody {
  @Text() workflowId: string;
  @Text({ optional: true, max: 100, description: "Without it the workflow's" }) name?: string;
  @Whole({
    optional: true,
    nullable: true,
    min: 1,
    description: 'Pinned; without it the published one of each instant',
  })
  revision?: number | null;
  @Text({ description: 'Of a stored credential with an approved binding' }) credentialId: string;
  @Text() role: string;
  @Text({ optional: true, nullable: true }) warehouse?: string | null;
  @FreeObject({ optional: true }) parameters?: Record<string, unknown>;
  @OneOf(CATCH_UPS, { optional: true, description: `${CATCH_UP}; without it the last` }) catchUp?: CatchUp;
  @Whole({ optional: true, min: 1, max: 100 }) catchUpMost?: number;
  @OneOf(OVERLAPS, { optional: true, description: `${OVERLAP}; without it skip` }) overlap?: Overlap;
  @Whole({ optional: true, min: 1, max: 100, description: 'Paused after so many failures in a row; without it 5' })
  pauseAfter?: number;
  @Texts({ optional: true, max: 5, description: 'Email addresses that hear of a pause' }) notify?: string[];
  @Flag({ optional: true }) enabled?: boolean;
}

/** What is absent stays; `enabled` pauses and resumes. */
export class ChangeScheduleBody extends TimingBody {
  @Text({ optional: true, max: 100 }) name?: string;
  @Whole({ optional: true, nullable: true, min: 1, max: 999_999_999 }) revision?: number | null;
  @Text({ optional: true }) credentialId?: string;
  @Text({ optional: true }) role?: string;
  @Text({ optional: true, nullable: true }) warehouse?: string | null;
  @FreeObject({ optional: true }) parameters?: Record<string, unknown>;
  @OneOf(CATCH_UPS, { optional: true }) catchUp?: CatchUp;
  @Whole({ optional: true, min: 1, max: 100 }) catchUpMost?: number;
  @OneOf(OVERLAPS, { optional: true }) overlap?: Overlap;
  @Whole({ optional: true, min: 1, max: 100 }) pauseAfter?: number;
  @Texts({ optional: true, max: 5 }) notify?: string[];
  @Flag({ optional: true }) enabled?: boolean;
}

export class ChangeScheduleRequest extends ChangeScheduleBody {
  @Text() id: string;
}

export class ScheduleId {
  @Text() id: string;
}

export class SchedulesQuery extends PageQuery {
  @Text({ optional: true, description: 'Of one workflow' }) workflowId?: string;
}

export class ScheduleRunsQuery extends PageQuery {}

export class ScheduleRunsRequest extends ScheduleRunsQuery {
  @Text() id: string;
}

export class ScheduleView {
  @Text() id: string;
  @Text() name: string;
  @Text() workflowId: string;
  @Text() workflowName: string;
  @Text({ nullable: true }) cron: string | null;
  @Text({ nullable: true }) every: string | null;
  @Text() timezone: string;
  @Whole({ nullable: true, description: 'Null: the published one of each instant' }) revision: number | null;
  @Text() credentialId: string;
  @Text() role: string;
  @Text({ nullable: true }) warehouse: string | null;
  @FreeObject() parameters: Record<string, unknown>;
  @OneOf(CATCH_UPS, { description: CATCH_UP }) catchUp: CatchUp;
  @Whole() catchUpMost: number;
  @OneOf(OVERLAPS, { description: OVERLAP }) overlap: Overlap;
  @Whole() pauseAfter: number;
  @Texts() notify: string[];
  @Flag() enabled: boolean;
  @Whole({ description: 'In a row' }) failures: number;
  @Text({ nullable: true, description: 'The code of why it is paused' }) pausedCode: string | null;
  @Text({ nullable: true, max: 500, description: 'Why it is paused, and what to do' }) pausedReason: string | null;
  @Moment({ nullable: true }) pausedAt: string | null;
  @Text({ description: 'The user name of who made it' }) createdBy: string;
  @Moment() createdAt: string;
  @Texts({ description: 'The next five instants, in UTC; none while it is paused' }) nextTimes: string[];
}

/** A schedule as admins of the tenant see it: without its parameters. */
export class ScheduleSummaryView {
  @Text() id: string;
  @Text() name: string;
  @Text() workflowId: string;
  @Text() workflowName: string;
  @Text({ nullable: true }) cron: string | null;
  @Text({ nullable: true }) every: string | null;
  @Text() timezone: string;
  @Text() role: string;
  @Text({ nullable: true }) warehouse: string | null;
  @Flag() enabled: boolean;
  @Whole() failures: number;
  @Text({ nullable: true, max: 500 }) pausedReason: string | null;
  @Text() createdBy: string;
  @Texts() nextTimes: string[];
}

/** An instant of a schedule, or a run of it by hand, and what became of it. */
export class ScheduleRunView {
  @Moment() instant: string;
  @Text({ nullable: true, description: 'Who ran it by hand' }) askedBy: string | null;
  @OneOf(INSTANT_STATES) state: InstantState;
  @Whole({ nullable: true }) revision: number | null;
  @Text({ nullable: true }) runId: string | null;
  @OneOf(RUN_STATUSES, { nullable: true, description: 'Of its run' }) outcome: RunStatus | null;
  @Text({ nullable: true, description: 'The code of why it did not run' }) code: string | null;
  @Text({ nullable: true, max: 500 }) reason: string | null;
}
