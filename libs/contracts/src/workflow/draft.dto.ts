import { ApiProperty } from '@nestjs/swagger';
import { Flag, FreeObject, Nested, OneOf, Text, Texts } from '../dto/fields';
import type { Problem } from '../documents/problem';
import { ProblemView } from './workflow.dto';

/** What a workflow is to do, in words; with a definition, what is to become of it. */
export class DraftRequest {
  @Text({ max: 4_000, description: 'What the workflow is to do, or what is to change. A model gets it as it is' })
  request: string;
  @FreeObject({ optional: true, description: 'The document that is to be changed' }) definition?: Record<
    string,
    unknown
  >;
  @Text({ optional: true, max: 300, description: 'As GET /models names it; absent: the first that is no simulation' })
  model?: string;
}

export class DocumentChangeView {
  @OneOf(['added', 'removed', 'changed']) kind: 'added' | 'removed' | 'changed';
  @Text({ optional: true }) nodeId?: string;
  @Text({ optional: true }) edgeId?: string;
  @Text({
    optional: true,
    max: 1_000,
    description: 'Of a node: type, label, disabled or config.<key>; absent: the whole of it',
  })
  field?: string;
  @ApiProperty({ required: false, description: 'Any JSON' }) before?: unknown;
  @ApiProperty({ required: false, description: 'Any JSON' }) after?: unknown;
}

/** A proposal. Nothing is saved. */
export class DraftReply {
  @FreeObject() definition: Record<string, unknown>;
  @Text({ min: 0, max: 10_000 }) explanation: string;
  @Text({ nullable: true, max: 300, description: 'The model that was asked; null: none was' }) model: string | null;
  @Flag({ description: 'No model was asked: fixed phrases were read from the request' }) simulated: boolean;
  @Texts({ description: 'What of the request was not understood, where no model was asked' }) notUnderstood: string[];
  @Flag({ description: 'Values of the document were replaced before it left Snowflake, and put back' })
  valuesHidden: boolean;
  @Nested(() => ProblemView, { many: true }) problems: Problem[];
  @Nested(() => DocumentChangeView, { many: true, max: 100_000 }) changes: DocumentChangeView[];
}
