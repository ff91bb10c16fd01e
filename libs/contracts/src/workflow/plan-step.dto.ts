import { Nested, OneOf, Text, Texts } from '../dto/fields';

/** `query` gives a result, `write` changes a table and gives none, `condition` says which way is taken, `action` is no statement. */
export const STEP_KINDS = ['query', 'write', 'condition', 'action'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** Why a step ends where it does. */
export const STEP_ENDS = [
  'OUTPUT',
  'CONDITION',
  'ACTION',
  'COMPUTED_ONCE',
  'OWN_FAILURE',
  'PINNED',
  'NO_READER',
  'REQUESTED',
  'DEBUG',
] as const;
export type StepEnd = (typeof STEP_ENDS)[number];

/** Why a step ends at its last node, as a code and as a sentence. */
export class StepEndView {
  @OneOf(STEP_ENDS) code: StepEnd;
  @Text() sentence: string;
}

/** One statement or step that a run would execute; `sql` is what Snowflake would get, with `?` for binds. */
export class PlanStepView {
  @Text() step: string;
  @OneOf(STEP_KINDS) kind: StepKind;
  @Texts({ description: 'Node ids; the last one ends the step' }) nodes: string[];
  @Nested(() => StepEndView, { optional: true, description: 'Absent in runs that were planned before it was kept' })
  endsBecause?: StepEndView;
  @Texts({ description: 'Steps that have to be decided first' }) dependsOn: string[];
  @Text({ optional: true, max: 1_000_000 }) sql?: string;
}
