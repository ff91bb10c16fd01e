import { ApiProperty } from '@nestjs/swagger';
import { Flag, Moment, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';
import { PageQuery } from '../dto/page.dto';
import { DeniedView } from '../policies/denied.dto';
import type { Denial } from '../policies/policy-rules';
import type { Column } from '../documents/column';

export const SOURCE_KINDS = [
  'table',
  'view',
  'dynamic-table',
  'semantic-view',
  'stage',
  'stream',
  'function',
  'search-service',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export class DatabasesQuery extends PageQuery {}

export class SchemasQuery extends PageQuery {
  @Text() database: string;
}

export class SourcesQuery extends PageQuery {
  @Text() database: string;
  @Text() schema: string;
  @OneOf(SOURCE_KINDS, { optional: true }) kind?: SourceKind;
  @Text({ optional: true }) search?: string;
}

export class SourceName {
  @Text() database: string;
  @Text() schema: string;
  @Text() name: string;
}

export class PreviewRequest extends SourceName {
  @Whole({ optional: true, min: 1, max: 1000, default: 50 }) limit?: number;
}

export class SamplesRequest extends SourceName {
  @Text() column: string;
}

export class ContainerView {
  @Text() name: string;
  @Text({ nullable: true }) owner: string | null;
  @Text({ nullable: true }) comment: string | null;
  @Moment({ nullable: true }) createdAt: string | null;
  @Nested(() => DeniedView, { optional: true, description: 'Nothing in it may be used' }) denied?: DeniedView;
}

export class AccessView {
  @ApiProperty({ oneOf: [{ type: 'boolean' }, { type: 'string', enum: ['unknown'] }] }) select: boolean | 'unknown';
}

export class SourceView {
  @Text() database: string;
  @Text() schema: string;
  @Text() name: string;
  @OneOf(SOURCE_KINDS) kind: SourceKind;
  @Whole({ nullable: true }) rowCount: number | null;
  @Whole({ nullable: true }) bytes: number | null;
  @Text({ nullable: true }) owner: string | null;
  @Text({ nullable: true }) comment: string | null;
  @Moment({ nullable: true }) createdAt: string | null;
  @Flag({ description: 'A secure view or function: its definition is for its owner' }) secure: boolean;
  @Nested(() => AccessView) access: AccessView;
  @Nested(() => DeniedView, { optional: true, description: 'It may not be used' }) denied?: DeniedView;
}

export class SourceColumnView implements Column {
  @Text() name: string;
  @Text() type: string;
  @Flag() nullable: boolean;
  @Text({ nullable: true }) comment: string | null;
  @OneOf(['primary', 'unique', 'foreign'], { optional: true }) key?: 'primary' | 'unique' | 'foreign';
}

export class SourceDetailView extends SourceView {
  @Nested(() => SourceColumnView, { many: true }) columns: SourceColumnView[];
  @Texts() tags: string[];
  @Texts() policies: string[];
}

/** Columns of several sources at once, for validation. At most 200 names. */
export class ColumnsRequest {
  @Nested(() => SourceName, { many: true, max: 200 }) sources: SourceName[];
}

/** In the order asked; `denied` and `missing` are what Snowflake lets us tell apart. With `by` it is the tenant that denies: kinds are left to who asks, since a table that is written to is no source. */
export type ColumnsReply = {
  sources: (
    { state: 'found'; kind: SourceKind; columns: Column[] } | { state: 'missing' } | { state: 'denied'; by?: Denial }
  )[];
};

export class SealedHandle {
  @Text({ max: 1_000_000 }) handle: string;
}
