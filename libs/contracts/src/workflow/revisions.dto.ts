import { ApiProperty } from '@nestjs/swagger';
import { Flag, FreeObject, Moment, Nested, OneOf, Text, Whole } from '../dto/fields';
import { PageQuery } from '../dto/page.dto';
import type { WorkflowDocument } from '../documents/workflow-document';

/** A larger number is no revision's: it is kept as an integer. */
export const MOST_REVISIONS = 999_999_999;

export class RevisionsRequest extends PageQuery {
  @Text() id: string;
}

export class RevisionId {
  @Text() id: string;
  @Whole({ min: 1, max: MOST_REVISIONS }) revision: number;
}

/** A revision without its document. Naming it, and marking it as published, is all that ever changes of it. */
export class RevisionView {
  @Whole({ min: 1 }) revision: number;
  @Text({ nullable: true, max: 500 }) name: string | null;
  @Text({ nullable: true, description: 'Who saved it; null where it was saved before this was recorded' })
  author: string | null;
  @Moment() savedAt: string;
  @Flag({ description: 'It is the published one now' }) published: boolean;
  @Moment({ nullable: true, description: 'When it was last published' }) publishedAt: string | null;
  @Text({ nullable: true }) publishedBy: string | null;
  @Text({ description: 'SHA-256 of its document, hex: what bindings of credentials name' }) hash: string;
}

export class RevisionDocumentView extends RevisionView {
  @FreeObject() definition: WorkflowDocument;
}

export class RevisionNameBody {
  @Text({ nullable: true, max: 500, description: 'null: it has none' }) name: string | null;
}

export class NameRevisionRequest extends RevisionNameBody {
  @Text() id: string;
  @Whole({ min: 1, max: MOST_REVISIONS }) revision: number;
}

export class DiffQuery {
  @OneOf(['true', 'false'], { optional: true, description: 'Also tell what only stands elsewhere' })
  moves?: 'true' | 'false';
}

export class DiffRequest extends DiffQuery {
  @Text() id: string;
  @Whole({ min: 1, max: MOST_REVISIONS }) a: number;
  @Whole({ min: 1, max: MOST_REVISIONS }) b: number;
}

const anyJson = {
  required: false,
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true, nullable: true },
  ],
};

/** With `nodeId` or `edgeId` it is of that element, whole where there is no `field`; else of the document itself. */
export class DocumentChangeView {
  @OneOf(['added', 'removed', 'changed']) kind: 'added' | 'removed' | 'changed';
  @Text({ optional: true }) nodeId?: string;
  @Text({ optional: true }) edgeId?: string;
  @Text({ optional: true, description: '`label`, `config.<key>`, `parameters.<name>`, `position`, …' }) field?: string;
  @ApiProperty(anyJson) before?: unknown;
  @ApiProperty(anyJson) after?: unknown;
}

export class DiffView {
  @Whole({ min: 1 }) from: number;
  @Whole({ min: 1 }) to: number;
  @Nested(() => DocumentChangeView, { many: true }) changes: DocumentChangeView[];
}

/** Which revision is published, or gone back to. */
export class ChosenRevision {
  @Whole({ min: 1, max: MOST_REVISIONS }) revision: number;
}

export class ChosenRevisionRequest extends ChosenRevision {
  @Text() id: string;
}

export class PublishedView {
  @Text() id: string;
  @Whole({ min: 1 }) published: number;
  @Moment() publishedAt: string;
  @Text() publishedBy: string;
}
