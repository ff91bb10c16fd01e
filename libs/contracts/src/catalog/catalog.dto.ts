import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { PinnedContextDto } from '../connections/connections.dto';
import { Flag, Moment, Nested, OneOf, Text, Whole } from '../dto/fields';
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

/** A source that a run is about to read, and the context that is pinned to the run. */
export class RunSource extends SourceName {
  @Nested(() => PinnedContextDto) context: PinnedContextDto;
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

/** A tag that is set on a source (`column` is null) or on a column of it, there or on what it stands in. */
export class TagView {
  @Text({ description: 'In full: DB.SCHEMA.TAG' }) tag: string;
  @Text() value: string;
  @Text({ nullable: true }) column: string | null;
}

/** A masking policy of a column, or a policy of the source itself (`column` is null). */
export class PolicyView {
  @Text({ description: 'In full: DB.SCHEMA.POLICY' }) policy: string;
  @Text({ description: 'Such as MASKING_POLICY or ROW_ACCESS_POLICY' }) kind: string;
  @Text({ nullable: true }) column: string | null;
}

/** A list, or that the role may not read it here, or no warehouse is chosen to read it with. */
const listOrUnknown = (item: () => Parameters<typeof getSchemaPath>[0]) => ({
  oneOf: [
    { type: 'array', items: { $ref: getSchemaPath(item()) } },
    { type: 'string', enum: ['unknown'] },
  ],
});

@ApiExtraModels(TagView, PolicyView)
export class SourceDetailView extends SourceView {
  @Nested(() => SourceColumnView, { many: true }) columns: SourceColumnView[];
  @Moment({ nullable: true, description: 'Null where it is not known' }) lastAlteredAt: string | null;
  @ApiProperty(listOrUnknown(() => TagView)) tags: TagView[] | 'unknown';
  @ApiProperty(listOrUnknown(() => PolicyView)) policies: PolicyView[] | 'unknown';
}

/** Columns of several sources at once, for validation. At most 200 names. */
export class ColumnsRequest {
  @Nested(() => SourceName, { many: true, max: 200 }) sources: SourceName[];
}

/** A run names the context that is pinned to it; without one it is the session's. */
export class TagsRequest extends ColumnsRequest {
  @Nested(() => PinnedContextDto, { optional: true }) context?: PinnedContextDto;
}

/** In the order asked; `denied` and `missing` are what Snowflake lets us tell apart. With `by` it is the tenant that denies: kinds are left to who asks, since a table that is written to is no source. */
export type ColumnsReply = {
  sources: (
    { state: 'found'; kind: SourceKind; columns: Column[] } | { state: 'missing' } | { state: 'denied'; by?: Denial }
  )[];
};

/** Tags as they are now, in the order asked. */
export type TagsReply = { sources: (TagView[] | 'unknown')[] };

export class SealedHandle {
  @Text({ max: 1_000_000 }) handle: string;
}
