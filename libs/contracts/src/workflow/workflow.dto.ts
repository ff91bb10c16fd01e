import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { StatementStats } from '../connections/statement-stats.dto';
import { Amount, Flag, FreeObject, Moment, Nested, OneOf, Text, Texts, Whole, WordOrObject } from '../dto/fields';
import { PageQuery } from '../dto/page.dto';
import { PinnedContextDto } from '../connections/connections.dto';
import {
  NODE_WAITS_FOR,
  type NodeWaitsFor,
  RUN_TRIGGERS,
  type RunTrigger,
  WAITS_FOR,
  type WaitsFor,
} from '../runs/run-state';
import type { Column } from '../documents/column';
import type { Problem } from '../documents/problem';
import type { WorkflowDocument } from '../documents/workflow-document';
import { WORKFLOW_ACCESS, type WorkflowAccessLevel } from './sharing.dto';
import { PlanStepView } from './plan-step.dto';
import { MOST_REVISIONS } from './revisions.dto';

export class SaveRequest {
  @Text({ optional: true }) id?: string;
  @Whole({ optional: true, min: 1, max: MOST_REVISIONS, description: 'The revision this save is based on' })
  revision?: number;
  @FreeObject({ description: 'The workflow document' }) definition: Record<string, unknown>;
  @Text({ optional: true, max: 500 }) message?: string;
}

/** `created` decides between 201 and 200. */
export interface SaveReply {
  id: string;
  revision: number;
  savedAt: string;
  created: boolean;
}

export class SavedView {
  @Text() id: string;
  @Whole({ min: 1 }) revision: number;
  @Moment() savedAt: string;
}

export class WorkflowsQuery extends PageQuery {
  @Text({ optional: true }) search?: string;
  @Text({ optional: true }) tag?: string;
  @OneOf(['true', 'false'], { optional: true, description: 'Those in the trash instead' }) trash?: 'true' | 'false';
  @OneOf(['true', 'false'], { optional: true, description: "For owners and admins: everybody's, without documents" })
  all?: 'true' | 'false';
}

export class WorkflowId {
  @Text() id: string;
}

export class LastRunView {
  @Text() id: string;
  @Text() status: string;
  @Moment() at: string;
}

export class WorkflowSummaryView {
  @Text() id: string;
  @Text() name: string;
  @Whole({ min: 1 }) revision: number;
  @Whole({ nullable: true, description: 'The published revision' }) published: number | null;
  @Text() createdBy: string;
  @Moment() updatedAt: string;
  @Whole() nodeCount: number;
  @Text({ description: 'Whose it is now' }) owner: string;
  @OneOf(WORKFLOW_ACCESS, { description: 'What the asking person may do with it' }) access: WorkflowAccessLevel;
  @Flag({ description: 'It is shared with somebody' }) shared: boolean;
  @Texts() tags: string[];
  @Moment({ nullable: true, description: 'Since when it is in the trash' }) trashedAt: string | null;
  @Nested(() => LastRunView, { nullable: true }) lastRun: LastRunView | null;
}

export class WorkflowView {
  @Text() id: string;
  @Text() name: string;
  @Whole({ min: 1 }) revision: number;
  @Whole({ nullable: true }) published: number | null;
  @FreeObject() definition: WorkflowDocument;
  @Text() createdBy: string;
  @Moment() updatedAt: string;
  @Text({ description: 'Whose it is now' }) owner: string;
  @OneOf(WORKFLOW_ACCESS, { description: 'What the asking person may do with it' }) access: WorkflowAccessLevel;
  @Texts() tags: string[];
}

export class ValidateRequest {
  @FreeObject() definition: Record<string, unknown>;
}

export class ProblemView implements Problem {
  @OneOf(['error', 'warning']) severity: Problem['severity'];
  @Text() code: Problem['code'];
  @Text({ optional: true }) nodeId?: string;
  @Text({ optional: true }) path?: string;
  @Text() message: string;
  @Text({ optional: true }) suggestion?: string;
}

export class GivenColumnView implements Column {
  @Text() name: string;
  @Text({ description: 'As Snowflake spells it; empty where it is not known' }) type: string;
  @Flag() nullable: boolean;
}

@ApiExtraModels(GivenColumnView)
export class ValidateReply {
  @Flag() valid: boolean;
  @Nested(() => ProblemView, { many: true }) problems: ProblemView[];
  @Nested(() => PlanStepView, { many: true }) plan: PlanStepView[];
  @ApiProperty({
    type: 'object',
    additionalProperties: {
      type: 'object',
      additionalProperties: { type: 'array', items: { $ref: getSchemaPath(GivenColumnView) } },
    },
    description:
      'By node id and port: the columns of nodes with SQL, which only Snowflake could describe. Those of other nodes follow from them.',
  })
  columns: Record<string, Record<string, GivenColumnView[]>>;
}

/** Only what this node needs, with its rows as the result. */
export class RunToMode {
  @Text({ max: 64, description: 'Node id' }) to: string;
}

/** This node and what is behind it; what is before it is given by an earlier run. */
export class RunFromMode {
  @Text({ max: 64, description: 'Node id' }) from: string;
  @Text({ description: 'The earlier run: of the same person, under the same role and warehouse' }) runId: string;
}

export const RUN_MODES = ['full', 'debug'] as const;
/** `debug` shows the first rows of every relation and writes, sends and waits for nothing. */
export type RunMode = (typeof RUN_MODES)[number] | RunToMode | RunFromMode;

@ApiExtraModels(RunToMode, RunFromMode)
export class RunRequest {
  @Text({ optional: true }) workflowId?: string;
  @Whole({ optional: true, min: 1, max: MOST_REVISIONS }) revision?: number;
  @FreeObject({ optional: true }) definition?: Record<string, unknown>;
  @FreeObject({ optional: true }) parameters?: Record<string, unknown>;
  @WordOrObject(RUN_MODES, [RunToMode, RunFromMode], { optional: true }) mode?: unknown;
}

export class RunStartedView {
  @Text() runId: string;
  @OneOf(['queued']) status: 'queued';
  @Text() eventsUrl: string;
}

export class RunId {
  @Text() id: string;
}

export class RunsQuery extends PageQuery {
  @Text({ optional: true }) workflowId?: string;
  @Text({ optional: true, description: 'One or several, with commas between' }) status?: string;
  @Text({ optional: true, max: 40, description: 'Created at this moment or day, or later' }) from?: string;
  @Text({ optional: true, max: 40, description: 'Created before this moment or day' }) to?: string;
}

/** Why a node or run failed. `message` is shown to the runner only and is never in an event. */
export class RunErrorView {
  @Text() code: string;
  @Text({ optional: true }) message?: string;
  @Text({ optional: true }) sqlState?: string;
  @Whole({ optional: true }) line?: number;
  @Whole({ optional: true }) position?: number;
  @Text({ optional: true }) nodeId?: string;
}

export class NodeRunView {
  @Text() status: string;
  @OneOf(NODE_WAITS_FOR, { optional: true, description: 'While it waits' }) waitsFor?: NodeWaitsFor;
  @Moment({ nullable: true }) startedAt: string | null;
  @Moment({ nullable: true }) finishedAt: string | null;
  @Whole({ optional: true }) rowCount?: number;
  @Text({ optional: true }) queryId?: string;
  @Text({ optional: true, description: 'The plan step (statement) the node is part of' }) step?: string;
  @Whole() attempts: number;
  @Nested(() => RunErrorView, { optional: true }) error?: RunErrorView;
  @ApiProperty({
    required: false,
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: {} },
      { type: 'object', additionalProperties: true, nullable: true },
    ],
    description: 'The value it gave, of at most 64 KiB; never in events',
  })
  value?: unknown;
  @Whole({ optional: true, description: 'The size of its value as JSON, also where it is too large to be shown' })
  valueBytes?: number;
}

/** A statement of a run, over all times it was sent. */
export class StatementRunView {
  @Text() step: string;
  @Text({ nullable: true }) queryId: string | null;
  @OneOf(['sent', 'succeeded', 'failed', 'absent'], {
    description: 'sent: its end was not written yet, or never seen. absent: it never reached Snowflake',
  })
  state: 'sent' | 'succeeded' | 'failed' | 'absent';
  @Whole({ description: 'How often it was sent' }) attempts: number;
  @Nested(() => StatementStats, { optional: true, description: 'Some moments after its end, where Snowflake says any' })
  stats?: StatementStats;
  @Amount({ nullable: true, description: 'Estimated: its time in the warehouse at that size; null where unknown' })
  estimatedCredits: number | null;
}

export class RunSummaryView {
  @Text() id: string;
  @Text({ nullable: true }) workflowId: string | null;
  @Whole({ nullable: true }) revision: number | null;
  @Text() status: string;
  @OneOf(WAITS_FOR, { nullable: true, description: 'Whose places are all taken, while the run is queued for them' })
  waitingFor: WaitsFor | null;
  @OneOf(RUN_TRIGGERS) trigger: RunTrigger;
  @Text({ description: 'The Snowflake user' }) startedBy: string;
  @Nested(() => PinnedContextDto, { description: 'What its statements run as and on' }) context: PinnedContextDto;
  @Moment() createdAt: string;
  @Moment({ nullable: true }) startedAt: string | null;
  @Moment({ nullable: true }) finishedAt: string | null;
}

@ApiExtraModels(NodeRunView)
export class RunView extends RunSummaryView {
  @Flag({
    description:
      "Whether more than status and times is shown: of one's own runs, and of those whose details are shared",
  })
  detailed: boolean;
  @Flag({ description: 'Whether who asks ran it: nobody else is shown messages of failures, values and parameters' })
  own: boolean;
  @Nested(() => RunErrorView, { optional: true }) error?: RunErrorView;
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(NodeRunView) },
    description: 'By node id',
  })
  nodes: Record<string, NodeRunView>;
  @Nested(() => PlanStepView, { many: true, description: 'The statements of this run' }) plan: PlanStepView[];
  @FreeObject({ description: 'The values it was started with, defaults included; for who ran it' }) parameters: Record<
    string,
    unknown
  >;
  @Nested(() => StatementRunView, {
    many: true,
    description:
      'Those that were sent, and what they took; of called workflows those that failed and the latest, at most 100',
  })
  statements: StatementRunView[];
  @Whole({ description: 'How many more statements called workflows sent' }) statementsLeftOut: number;
}

export class EventsRequest {
  @Text() id: string;
  @Whole({ description: 'The last sequence number the reader has' }) after: number;
  @Whole({ min: 1, max: 500 }) limit: number;
}

/** `node` is the entry of GET /runs/:id without its error message. */
export interface RunEvent {
  type: string;
  data: { seq: number; at: string; runId: string; nodeId?: string; node?: NodeRunView };
}

/** `ended`: no event will follow the last of these. `own`: who asks is the run's runner, who alone hears what its agents say. */
export interface EventsReply {
  events: RunEvent[];
  ended: boolean;
  own: boolean;
}

export class ResultRequest {
  @Text() id: string;
  @Text() nodeId: string;
  @OneOf(['page', 'csv', 'ndjson']) format: 'page' | 'csv' | 'ndjson';
  @Text({ optional: true, max: 2000 }) cursor?: string;
  @Whole({ optional: true, min: 1, max: 10_000, default: 100 }) limit?: number;
}
