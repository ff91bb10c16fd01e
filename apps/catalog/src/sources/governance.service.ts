import { Injectable } from '@nestjs/common';
import type { PolicyView, SourceName, TagView, TagsReply, TagsRequest } from '@snowflow/contracts/catalog/catalog.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { literal } from '@snowflow/nodes/kit/sql/literal';
import { CurrentSession, type Eyes } from '../metadata/current-session';
import { MetadataReader } from '../metadata/metadata-reader';
import type { MetadataRow } from '../metadata/metadata-row';
import { qualified } from '../metadata/show-statement';

/** What Snowflake refuses is not known; that nobody answers is not an answer. */
const REFUSED = new Set(['SQL_FAILED', 'SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED']);
const AT_ONCE = 4;

type Ask = (sql: string) => Promise<MetadataRow[]>;

export interface Governance {
  lastAlteredAt: string | null;
  tags: TagView[] | 'unknown';
  policies: PolicyView[] | 'unknown';
}

/** Freshness, tags and policies: INFORMATION_SCHEMA alone tells them, which needs a warehouse. */
@Injectable()
export class GovernanceService {
  constructor(
    private readonly session: CurrentSession,
    private readonly metadata: MetadataReader,
  ) {}

  async of(session: Eyes, source: SourceName): Promise<Governance> {
    const ask: Ask = (sql) => this.metadata.read(session, sql);
    const [lastAlteredAt, tags, policies] = await Promise.all([
      whereKnown(session, () => lastAltered(ask, source)),
      whereKnown(session, () => tagsOf(ask, source)),
      whereKnown(session, () => policiesOf(ask, source)),
    ]);
    return { lastAlteredAt: lastAlteredAt ?? null, tags: tags ?? 'unknown', policies: policies ?? 'unknown' };
  }

  /** Past the cache, since they decide whether data may leave. */
  async tags({ sources, context }: TagsRequest): Promise<TagsReply> {
    const session = await (context ? this.session.ofRun(context) : this.session.read());
    const ask: Ask = (sql) => this.metadata.readAnew(session, sql);
    const found: TagsReply['sources'] = [];
    for (let start = 0; start < sources.length; start += AT_ONCE) {
      const group = sources.slice(start, start + AT_ONCE);
      const tags = await Promise.all(group.map((source) => whereKnown(session, () => tagsOf(ask, source))));
      found.push(...tags.map((one) => one ?? ('unknown' as const)));
    }
    return { sources: found };
  }
}

async function whereKnown<Found>(session: Eyes, read: () => Promise<Found>): Promise<Found | undefined> {
  if (session.context.warehouse === null) return undefined;
  try {
    return await read();
  } catch (error) {
    if (error instanceof AppError && REFUSED.has(error.code)) return undefined;
    throw error;
  }
}

async function lastAltered(ask: Ask, { database, schema, name }: SourceName): Promise<string | null> {
  const where = `TABLE_SCHEMA = ${literal(schema)} AND TABLE_NAME = ${literal(name)}`;
  const rows = await ask(`SELECT LAST_ALTERED FROM ${qualified([database])}.INFORMATION_SCHEMA.TABLES WHERE ${where}`);
  return rows[0]?.moment('last_altered') ?? null;
}

/** Of the source itself and of each of its columns; a column's include those it has from its table, schema or database. */
async function tagsOf(ask: Ask, source: SourceName): Promise<TagView[]> {
  const [ofSource, ofColumns] = await Promise.all([
    ask(referencesTo('TAG_REFERENCES', source)),
    ask(referencesTo('TAG_REFERENCES_ALL_COLUMNS', source)),
  ]);
  return [...ofSource, ...ofColumns].map((row) => ({
    tag: inFull(row, ['tag_database', 'tag_schema', 'tag_name']),
    value: row.text('tag_value') ?? '',
    column: row.text('column_name'),
  }));
}

async function policiesOf(ask: Ask, source: SourceName): Promise<PolicyView[]> {
  const rows = await ask(referencesTo('POLICY_REFERENCES', source));
  return rows.map((row) => ({
    policy: inFull(row, ['policy_db', 'policy_schema', 'policy_name']),
    kind: row.text('policy_kind') ?? '',
    column: row.text('ref_column_name'),
  }));
}

/** The domain TABLE holds for views too. */
function referencesTo(what: string, { database, schema, name }: SourceName): string {
  const entity = literal(qualified([database, schema, name]));
  const call =
    what === 'POLICY_REFERENCES' ? `REF_ENTITY_NAME => ${entity}, REF_ENTITY_DOMAIN => 'TABLE'` : `${entity}, 'TABLE'`;
  return `SELECT * FROM TABLE(${qualified([database])}.INFORMATION_SCHEMA.${what}(${call}))`;
}

const inFull = (row: MetadataRow, parts: readonly string[]) => parts.map((part) => row.text(part) ?? '').join('.');
