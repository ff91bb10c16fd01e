import { Flag, FreeObject, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';
import { ProblemView } from './workflow.dto';
import { MOST_REVISIONS } from './revisions.dto';

const TARGETS = ['sql', 'view', 'procedure', 'task'] as const;
type Target = (typeof TARGETS)[number];
const PURPOSES = ['run', 'create', 'start', 'undo'] as const;
type Purpose = (typeof PURPOSES)[number];

export class DeployName {
  @Text({ example: 'DEMO' }) database: string;
  @Text({ example: 'PUBLIC' }) schema: string;
  @Text({ description: 'As Snowflake will have it: capitals count', example: 'BIG_ORDERS' }) name: string;
}

/** Either `everyMinutes`, or `cron` in a `timezone`. */
export class DeploySchedule {
  @Text({ optional: true, example: '0 6 * * MON-FRI' }) cron?: string;
  @Text({ optional: true, example: 'Europe/Berlin' }) timezone?: string;
  @Whole({ optional: true }) everyMinutes?: number;
}

export class DeployBody {
  @OneOf(TARGETS) target: Target;
  @Nested(() => DeployName, { optional: true, description: 'Of all but `sql`' }) name?: DeployName;
  @Text({ optional: true, description: 'The node a view shows; without it the only result' }) node?: string;
  @FreeObject({ optional: true, description: 'Values of parameters; of a procedure, defaults of its arguments' })
  parameters?: Record<string, unknown>;
  @Nested(() => DeploySchedule, { optional: true, description: 'Of `task`' }) schedule?: DeploySchedule;
  @Text({ optional: true, description: 'Of `task`; without it the warehouse of the session' }) warehouse?: string;
  @Flag({ optional: true, description: 'Take the place of a view or procedure of this name, keeping its grants' })
  replace?: boolean;
  @Flag({ optional: true, description: 'Make the view secure' }) secure?: boolean;
  @Whole({ optional: true, min: 1, max: MOST_REVISIONS, description: 'Without it the latest saved' }) revision?: number;
}

export class DeployRequest extends DeployBody {
  @Text() id: string;
}

export class ApplyBody extends DeployBody {
  @Flag({ description: 'The person has seen the statements and whose rights readers get' }) confirmed: boolean;
  @Text({ optional: true, description: 'Of the preview that was confirmed: another one is DEPLOY_CHANGED' })
  fingerprint?: string;
}

export class ApplyRequest extends ApplyBody {
  @Text() id: string;
}

export class DeployStatementView {
  @Text({ max: 1_000_000 }) sql: string;
  @OneOf(PURPOSES, { description: '`undo` takes away what was made; it is shown and never executed' })
  purpose: Purpose;
  @Text({ optional: true, max: 2_000, description: 'The quoted name of what it makes or takes away' }) object?: string;
  @Text({ optional: true }) nodeId?: string;
}

/** Something read or written; `object` is absent for a SELECT that a person wrote. */
export class TouchedObjectView {
  @Text() nodeId: string;
  @Text({ optional: true, max: 800 }) object?: string;
}

/** Whose rights readers and executions will have. */
export class DeployRightsView {
  @OneOf(['owner', 'caller', 'runner']) decidedBy: 'owner' | 'caller' | 'runner';
  @Text({ nullable: true, description: 'The role that will own it' }) role: string | null;
  @Text({ max: 2_000, description: 'Whom a reader effectively becomes' }) summary: string;
  @Texts() consequences: string[];
  @Texts({ description: 'What the making role needs' }) needs: string[];
  @Nested(() => TouchedObjectView, { many: true }) reads: TouchedObjectView[];
  @Nested(() => TouchedObjectView, { many: true }) writes: TouchedObjectView[];
}

/** Without statements there is an error among the problems. */
export class DeployPreview {
  @Whole({ min: 1 }) revision: number;
  @Nested(() => DeployStatementView, { many: true }) statements: DeployStatementView[];
  @Nested(() => DeployRightsView) rights: DeployRightsView;
  @Nested(() => ProblemView, { many: true }) problems: ProblemView[];
  @Text() fingerprint: string;
}

export class AppliedStatementView extends DeployStatementView {
  @OneOf(['succeeded', 'failed', 'unknown', 'not-sent']) outcome: 'succeeded' | 'failed' | 'unknown' | 'not-sent';
  @Text({ optional: true }) queryId?: string;
  @Text({ optional: true, max: 10_000, description: 'What Snowflake said' }) message?: string;
}

/** What became of each statement. After the first that did not succeed none is sent. */
export class DeployedView {
  @OneOf(['done', 'failed', 'unknown']) state: 'done' | 'failed' | 'unknown';
  @Nested(() => AppliedStatementView, { many: true }) statements: AppliedStatementView[];
  @Texts({ description: 'The quoted names of what was made and is there now' }) created: string[];
  @Texts({ description: 'Statements that take it away again' }) undo: string[];
}
