import { Injectable } from '@nestjs/common';
import type { SourceDetailView, SourceName } from '@snowflow/contracts/catalog/catalog.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { CurrentSession } from '../metadata/current-session';
import { MetadataReader } from '../metadata/metadata-reader';
import type { MetadataRow } from '../metadata/metadata-row';
import { describe, exactly, qualified, show } from '../metadata/show-statement';
import { Listing, TABLES, VIEWS } from './source-kinds';
import { columnView, sourceView } from './source-view';

const UNTOLD = new Set(['SQL_FAILED', 'SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED']);

/** One table or view: what SHOW says of it and its columns. */
@Injectable()
export class SourceDetailService {
  constructor(
    private readonly session: CurrentSession,
    private readonly metadata: MetadataReader,
  ) {}

  async read({ database, schema, name }: SourceName): Promise<SourceDetailView> {
    const session = await this.session.read();
    const [detail, foreign] = await Promise.all([
      this.readAs(session, { database, schema, name }),
      this.foreignKeys(session, [database, schema, name]),
    ]);
    const columns = detail.columns.map((column) =>
      column.key === undefined && foreign.has(column.name) ? { ...column, key: 'foreign' as const } : column,
    );
    return { ...detail, columns };
  }

  async readAs(session: SessionRecord, source: SourceName): Promise<SourceDetailView> {
    const [table, view] = await Promise.all([this.find(session, TABLES, source), this.find(session, VIEWS, source)]);
    const [row, listing] = table ? [table, TABLES] : [view, VIEWS];
    if (!row) throw new AppError('SOURCE_NOT_FOUND', 'The object does not exist, or your role may not see it.');
    const name = [source.database, source.schema, source.name];
    const columns = await this.metadata.read(session, describe(table ? 'TABLE' : 'VIEW', name));
    const policies = columns.map((column) => column.text('policy name')).filter((policy) => policy !== null);
    return {
      ...sourceView(row, source, listing.kindOf(row), session.context.role),
      columns: columns.filter(isColumn).map(columnView),
      tags: [],
      policies: [...new Set(policies)],
    };
  }

  /** Columns that refer to another table; none where Snowflake does not say, as of a view. */
  private async foreignKeys(session: SessionRecord, name: string[]): Promise<ReadonlySet<string | null>> {
    try {
      const rows = await this.metadata.read(session, `SHOW IMPORTED KEYS IN TABLE ${qualified(name)}`);
      return new Set(rows.map((row) => row.text('fk_column_name')));
    } catch (error) {
      const isUnknown = error instanceof AppError && UNTOLD.has(error.code);
      if (!isUnknown) throw error;
      return new Set();
    }
  }

  private async find(session: SessionRecord, listing: Listing, source: SourceName): Promise<MetadataRow | undefined> {
    const { database, schema, name } = source;
    const rows = await this.metadata.read(
      session,
      show(listing.objects, { within: [database, schema], like: exactly(name) }),
    );
    return rows.find((row) => row.text('name') === name);
  }
}

function isColumn(row: MetadataRow): boolean {
  const kind = row.text('kind');
  return kind === null || kind === 'COLUMN';
}
