import { Amount, Flag, Moment, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';
import { PageQuery } from '../dto/page.dto';
import { RUN_STATUSES, RUN_TRIGGERS, type RunStatus, type RunTrigger } from '../runs/run-state';
import { ApprovalView } from './approvals.dto';

export const OVERVIEW_GROUPS = ['workflow', 'person', 'warehouse'] as const;
export type OverviewGroup = (typeof OVERVIEW_GROUPS)[number];
export const BUCKETS = ['hour', 'day'] as const;
export type Bucket = (typeof BUCKETS)[number];

export class OverviewQuery {
  @Text({ optional: true, max: 40, description: 'Runs created at this moment or day, or later; 7 days ago by default' })
  from?: string;
  @Text({ optional: true, max: 40, description: 'Runs created before this moment or day; now by default' })
  to?: string;
  @OneOf(OVERVIEW_GROUPS, { optional: true, description: 'workflow by default' }) by?: OverviewGroup;
  @OneOf(BUCKETS, { optional: true, description: 'UTC; hour by default where it is two days at most, else day' })
  bucket?: Bucket;
}

/** What some runs came to. Everything but `people` is a sum, so parts add up to the whole. */
export class RunFiguresView {
  @Whole() runs: number;
  @Whole() queued: number;
  @Whole() running: number;
  @Whole() waiting: number;
  @Whole() succeeded: number;
  @Whole() failed: number;
  @Whole() cancelled: number;
  @Whole({ description: 'Who ran them: one person counts once' }) people: number;
  @Whole({ description: 'Statements that reached Snowflake' }) statements: number;
  @Whole({ description: 'Of these, those of which Snowflake said no size or time, so that no credits are estimated' })
  unpricedStatements: number;
  @Whole() bytesScanned: number;
  @Amount({ description: 'Estimated: the time in the warehouse at its size, as if the statement had it alone' })
  estimatedCredits: number;
  @Whole({ description: 'Tokens of models, as they counted them' }) aiTokens: number;
}

export class OverviewBucketView extends RunFiguresView {
  @Moment({ description: 'When it begins' }) at: string;
}

export class OverviewGroupView extends RunFiguresView {
  @Text({ nullable: true, description: 'Of the workflow, person or warehouse; null for runs of none, and of the rest' })
  id: string | null;
  @Text({ nullable: true, min: 0, description: 'Its name, where it is still known' }) name: string | null;
  @Flag({ description: 'All that are not among the 200 with most runs' }) isRest: boolean;
}

export class OverviewView {
  @Moment() from: string;
  @Moment() to: string;
  @OneOf(OVERVIEW_GROUPS) by: OverviewGroup;
  @OneOf(BUCKETS) bucket: Bucket;
  @Nested(() => RunFiguresView) totals: RunFiguresView;
  @Nested(() => OverviewBucketView, { many: true, description: 'The whole time, those without a run too' })
  buckets: OverviewBucketView[];
  @Nested(() => OverviewGroupView, { many: true, description: 'The most runs first' }) groups: OverviewGroupView[];
}

export class TowerRunsQuery extends PageQuery {
  @Text({ optional: true, description: 'One or several, with commas between' }) status?: string;
  @Text({ optional: true }) workflowId?: string;
  @Text({ optional: true, description: 'The id of who ran it' }) person?: string;
  @Text({ optional: true }) warehouse?: string;
  @Text({ optional: true, max: 40, description: 'Created at this moment or day, or later' }) from?: string;
  @Text({ optional: true, max: 40, description: 'Created before this moment or day' }) to?: string;
}

/** A run as those see it who answer for the tenant: no SQL, no columns, no values. */
export class TowerRunView {
  @Text() id: string;
  @Text({ nullable: true }) workflowId: string | null;
  @Text({ nullable: true }) workflowName: string | null;
  @Whole({ nullable: true }) revision: number | null;
  @OneOf(RUN_STATUSES) status: RunStatus;
  @OneOf(RUN_TRIGGERS) trigger: RunTrigger;
  @Text() personId: string;
  @Text({ description: 'The Snowflake user' }) person: string;
  @Text({ nullable: true }) role: string | null;
  @Text({ nullable: true }) warehouse: string | null;
  @Text({ nullable: true, description: 'Why it failed' }) errorCode: string | null;
  @Moment() createdAt: string;
  @Moment({ nullable: true }) startedAt: string | null;
  @Moment({ nullable: true }) finishedAt: string | null;
  @Whole() statements: number;
  @Whole() bytesScanned: number;
  @Amount() estimatedCredits: number;
  @Whole() aiTokens: number;
}

/** What waits for a decision somewhere in the tenant. What it shows is seen only by whom its workflow names. */
export class TowerApprovalView {
  @Text() runId: string;
  @Text({ max: 1_120 }) nodeId: string;
  @Text({ nullable: true }) workflowName: string | null;
  @Text({ description: 'Who runs it' }) runner: string;
  @Texts({ description: 'Who may decide, as `user:ANA` or `role:FINANCE`' }) approvers: string[];
  @Moment() waitingSince: string;
  @Moment({ nullable: true }) until: string | null;
  @Nested(() => ApprovalView, { nullable: true, description: 'All of it, where the asking person may decide' })
  yours: ApprovalView | null;
}
