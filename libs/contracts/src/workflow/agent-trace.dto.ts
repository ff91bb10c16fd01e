import { ApiProperty } from '@nestjs/swagger';
import { Moment, Nested, OneOf, Text, Whole } from '../dto/fields';

export const AGENT_STEP_KINDS = ['model', 'tool', 'delegation', 'approval', 'guard'] as const;
export type AgentStepKind = (typeof AGENT_STEP_KINDS)[number];

export const AGENT_STEP_STATES = ['running', 'waiting', 'succeeded', 'failed', 'refused', 'unknown'] as const;
/** `refused`: it was not done, and the model was told why. `unknown`: nobody can tell whether it was done. */
export type AgentStepState = (typeof AGENT_STEP_STATES)[number];

/** Whatever JSON a call was given or answered. */
function AnyValue(description: string): PropertyDecorator {
  return ApiProperty({
    required: false,
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: {} },
      { type: 'object', additionalProperties: true, nullable: true },
    ],
    description,
  });
}

/** A call that an agent made, or a guard that held it. */
export class AgentStepView {
  @Text({ max: 1_120, example: 'm1/t2', description: 'The n-th reply of its model, the n-th call of that reply' })
  place: string;
  @Text({ max: 1_120, nullable: true, description: 'The place of the step that it is part of' }) parent: string | null;
  @OneOf(AGENT_STEP_KINDS) kind: AgentStepKind;
  @Text({ description: 'The model, the tool, the agent or the guard' }) name: string;
  @OneOf(AGENT_STEP_STATES, {
    description: 'refused: it was not done. unknown: nobody can tell whether it was done',
  })
  state: AgentStepState;
  @Moment() startedAt: string;
  @Moment({ nullable: true }) endedAt: string | null;
  @Whole({ optional: true }) inputTokens?: number;
  @Whole({ optional: true }) outputTokens?: number;
  @AnyValue('What it was asked or given, where that is not too large') asked?: unknown;
  @AnyValue('What came of it, where that is not too large') answered?: unknown;
  @Whole({ description: 'The size of what it was asked and answered, as JSON' }) detailBytes: number;
}

export class AgentTraceView {
  @Nested(() => AgentStepView, { many: true }) items: AgentStepView[];
  @Whole({ nullable: true, description: 'Ask for what comes after this; null: nothing does yet' }) next: number | null;
}

/** Which part of a trace. */
export class AgentTraceQuery {
  @Whole({ optional: true, max: 999_999_999, description: '`next` of the page before' }) after?: number;
  @Whole({ optional: true, min: 1, max: 200, default: 100 }) limit?: number;
}

export class AgentTraceRequest extends AgentTraceQuery {
  @Text() id: string;
  @Text({ max: 1_120 }) nodeId: string;
}
