import { Flag, FreeObject, Moment, Nested, OneOf, Text } from '../dto/fields';

export class ApprovalShown {
  @Text({ max: 100 }) label: string;
  @Text({ min: 0, max: 100_000 }) value: string;
}

/** What the approver is asked for beside the decision. */
export class ApprovalField {
  @Text({ max: 64 }) name: string;
  @OneOf(['string', 'number', 'boolean', 'date']) type: 'string' | 'number' | 'boolean' | 'date';
  @Text({ max: 200 }) label: string;
  @Flag() required: boolean;
}

/** A run that waits for the asking person's decision. */
export class ApprovalView {
  @Text() runId: string;
  @Text({
    max: 1_120,
    description: 'In a workflow that the run calls, with what leads to it before it: `map/3/approve`',
  })
  nodeId: string;
  @Text({ nullable: true, description: 'Of the saved workflow, where it is one' }) workflowName: string | null;
  @Text({ description: 'Who runs it' }) runner: string;
  @Text({ max: 100_000 }) message: string;
  @Nested(() => ApprovalShown, { many: true }) show: ApprovalShown[];
  @Nested(() => ApprovalField, { many: true }) form: ApprovalField[];
  @Moment() waitingSince: string;
  @Moment({ nullable: true, description: 'When it is looked at again by itself' }) until: string | null;
}

export class DecisionBody {
  @OneOf(['approve', 'reject']) decision: 'approve' | 'reject';
  @Text({ optional: true, max: 5_000 }) comment?: string;
  @FreeObject({ optional: true, description: "The form's fields by name" }) form?: Record<string, unknown>;
}

export class DecisionRequest extends DecisionBody {
  @Text() id: string;
  @Text({ max: 1_120 }) nodeId: string;
}
