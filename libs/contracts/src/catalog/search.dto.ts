import { Flag, Moment, Nested, OneOf, Text, Whole } from '../dto/fields';
import { DeniedView } from '../policies/denied.dto';
import { PageQuery } from '../dto/page.dto';
import { SOURCE_KINDS } from './catalog.dto';

/** What a search finds: databases and schemas too. */
export const SEARCH_KINDS = ['database', 'schema', ...SOURCE_KINDS] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

export class SearchQuery extends PageQuery {
  @Text({ description: 'A part of a name; dots part database, schema and name' }) q: string;
  @Text({ optional: true, description: 'Kinds to find, parted by commas; all without it' }) kinds?: string;
  @Text({ optional: true, description: 'The one database to look in' }) database?: string;
}

export class SearchHit {
  @OneOf(SEARCH_KINDS) kind: SearchKind;
  @Text() database: string;
  @Text({ nullable: true, description: 'Null for a database' }) schema: string | null;
  @Text() name: string;
  @Whole({ nullable: true }) rowCount: number | null;
  @Whole({ nullable: true }) bytes: number | null;
  @Text({ nullable: true }) owner: string | null;
  @Text({ nullable: true }) comment: string | null;
  @Moment({ nullable: true }) createdAt: string | null;
  @Flag() secure: boolean;
  @Nested(() => DeniedView, { optional: true, description: 'It may not be used' }) denied?: DeniedView;
}

export class KindCount {
  @OneOf(SEARCH_KINDS) kind: SearchKind;
  @Whole() count: number;
}

export class SearchReply {
  @Nested(() => SearchHit, { many: true }) items: SearchHit[];
  @Text({ nullable: true, max: 2000 }) nextCursor: string | null;
  @Nested(() => KindCount, { many: true, description: 'How many match, by kind, whatever kinds were asked for' })
  counts: KindCount[];
  @Moment({ description: 'When Snowflake was asked for what this is found in' }) asOf: string;
  @Flag({ description: 'False where more may match: not all is read yet, or some could not be, or it is too much' })
  complete: boolean;
  @Flag({ description: 'True until what the role may see was read once: so far Snowflake itself is asked' })
  reading: boolean;
}
