import { Injectable } from '@nestjs/common';
import type { SourceDetailView, SourceName } from '@snowflow/contracts/catalog/catalog.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { deniedObject } from '@snowflow/contracts/policies/policy-rules';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { refuse } from '@snowflow/contracts/policies/refuse';
import { CurrentPolicies } from '../metadata/current-policies';
import { CurrentSession } from '../metadata/current-session';
import { MetadataReader } from '../metadata/metadata-reader';
import type { MetadataRow } from '../metadata/metadata-row';
import { describe, exactly, qualified, show } from '../metadata/show-statement';
import { Listing, TABLES, VIEWS } from './source-kinds';
import { columnView, deniedSource, sourceView } from './source-view';

const UNTOLD = new Set(['SQL_FAILED', 'SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED']);

/** One table or view: what SHOW says of it and its columns. */
@Injectable()
export class SourceDetailService {
  constructor(
    private readonly session: CurrentSession,
    private readonly metadata: MetadataReader,
    private readonly policies: CurrentPolicies,
  ) {}

  async read({ database, schema, name }: SourceName): Promise<SourceDetailView> {
    const [session, allowed] = await Promise.all([this.session.read(), this.policies.read()]);
    const [detail, foreign] = await Promise.all([
      this.readAs(session, { database, schema, name }, allowed),
      this.foreignKeys(session, [database, schema, name]),
    ]);
    const columns = detail.columns.map((column) =>
      column.key === undefined && foreign.has(column.name) ? { ...column, key: 'foreign' as const } : column,
    );
    return { ...detail, columns };
  }

  /** Throws POLICY_DENIED where the tenant does not let it be used. */
  async readAs(session: SessionRecord, source: SourceName, allowed: TenantPolicies): Promise<SourceDetailView> {
    const name = [source.database, source.schema, source.name];
    refuse(deniedObject(allowed, name));
    const [table, view] = await Promise.all([this.find(session, TABLES, source), this.find(session, VIEWS, source)]);
    const [row, listing] = table ? [table, TABLES] : [view, VIEWS];
    if (!row) throw new AppError('SOURCE_NOT_FOUND', 'The object does not exist, or your role may not see it.');
    const shown = sourceView(row, source, listing.kindOf(row), session.context.role);
    refuse(deniedSource(allowed, shown, row));
    const columns = await this.metadata.read(session, describe(table ? 'TABLE' : 'VIEW', name));
    const policies = columns.map((column) => column.text('policy name')).filter((policy) => policy !== null);
    return {
      ...shown,
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
