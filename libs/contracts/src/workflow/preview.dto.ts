import { FreeObject, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';
import type { Problem } from '../documents/problem';
import { ProblemView } from './workflow.dto';
import { MOST_REVISIONS } from './revisions.dto';

/** Which document a preview is of: a saved one or one as it is. */
export class PreviewRequest {
  @Text({ optional: true }) workflowId?: string;
  @Whole({ optional: true, min: 1, max: MOST_REVISIONS }) revision?: number;
  @FreeObject({ optional: true }) definition?: Record<string, unknown>;
  @FreeObject({ optional: true }) parameters?: Record<string, unknown>;
}

export class BytesBound {
  @Whole({ nullable: true, description: 'Never more than this is read; null where it is not known before the run' })
  atMost: number | null;
}

export class PartitionsView {
  @Whole({ description: 'Left to read after pruning, at most' }) assigned: number;
  @Whole() total: number;
}

export class WrittenTableView {
  @Text() database: string;
  @Text() schema: string;
  @Text() table: string;
  @OneOf(['create', 'replace', 'append', 'merge']) mode: 'create' | 'replace' | 'append' | 'merge';
}

export class MissingPrivilege {
  @Text({ max: 1_000 }) object: string;
  @Text() privilege: string;
}

/** Whether the role may do what a statement does. */
export class StatementAccess {
  @OneOf(['granted', 'missing', 'unknown'], { description: 'unknown: only the run proves it' })
  state: 'granted' | 'missing' | 'unknown';
  @Nested(() => MissingPrivilege, { many: true, max: 500, optional: true }) missing?: MissingPrivilege[];
  @Text({ max: 5_000, optional: true, description: 'What Snowflake refused it with' }) sentence?: string;
  @OneOf(['explain-privileges', 'explain'], { nullable: true, description: 'What of Snowflake proved it' })
  by: 'explain-privileges' | 'explain' | null;
}

export class StatementPreview {
  @Text() step: string;
  @Texts({ description: 'Node ids' }) nodes: string[];
  @Text({
    optional: true,
    max: 1_000_000,
    description: 'With ? for every value; absent where it is composed in the run',
  })
  sql?: string;
  @OneOf(['before the run', 'at run time', 'not known'], {
    description:
      'When its size is known: some statements depend on what an earlier one gives, some could not be explained',
  })
  known: 'before the run' | 'at run time' | 'not known';
  @Nested(() => BytesBound) bytes: BytesBound;
  @Nested(() => PartitionsView, { nullable: true }) partitions: PartitionsView | null;
  @Nested(() => StatementAccess) access: StatementAccess;
  @Nested(() => WrittenTableView, { optional: true }) writes?: WrittenTableView;
  @Nested(() => ProblemView, { optional: true }) problem?: Problem;
}

export class TokenEstimate {
  @Whole({ nullable: true, description: 'Roughly; null where the calls are not known' }) estimate: number | null;
}

/** What a run would take at most, by Snowflake's EXPLAIN as the asking person. Nothing was run. */
export class PreviewReply {
  @Nested(() => StatementPreview, { many: true, max: 2_000 }) statements: StatementPreview[];
  @Whole({ description: 'Branches that are not taken send fewer' }) statementCount: number;
  @Whole({ nullable: true, description: 'Of all statements together; null where one of them is not known' })
  bytesAtMost: number | null;
  @Whole({ nullable: true, description: 'Calls of models at most; null where only the data says how many' })
  aiCalls: number | null;
  @Nested(() => TokenEstimate) tokens: TokenEstimate;
  @Text({ max: 1_000, description: 'How to read these numbers' }) note: string;
}
