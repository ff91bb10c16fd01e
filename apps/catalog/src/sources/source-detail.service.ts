import { Injectable } from '@nestjs/common';
import type { RunSource, SourceDetailView, SourceName } from '@snowflow/contracts/catalog/catalog.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { deniedObject } from '@snowflow/contracts/policies/policy-rules';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { refuse } from '@snowflow/contracts/policies/refuse';
import { CurrentPolicies } from '../metadata/current-policies';
import { CurrentSession, type Eyes } from '../metadata/current-session';
import { MetadataReader } from '../metadata/metadata-reader';
import type { MetadataRow } from '../metadata/metadata-row';
import { describe, exactly, qualified, show } from '../metadata/show-statement';
import { GovernanceService } from './governance.service';
import { Listing, TABLES, VIEWS } from './source-kinds';
import { columnView, deniedSource, sourceView } from './source-view';

const UNTOLD = new Set(['SQL_FAILED', 'SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED']);

/** What SHOW and DESCRIBE say. */
interface DescribedSource {
  view: Omit<SourceDetailView, 'lastAlteredAt' | 'tags' | 'policies'>;
  /** Columns with masking policies. */
  masked: { policy: string; column: string | null }[];
}

/** One table or view: what SHOW says of it and its columns. */
@Injectable()
export class SourceDetailService {
  constructor(
    private readonly session: CurrentSession,
    private readonly metadata: MetadataReader,
    private readonly policies: CurrentPolicies,
    private readonly governance: GovernanceService,
  ) {}

  async read({ database, schema, name }: SourceName): Promise<SourceDetailView> {
    const [session, allowed] = await Promise.all([this.session.read(), this.policies.read()]);
    const source = { database, schema, name };
    const [detail, foreign, { policies, ...governed }] = await Promise.all([
      this.readAs(session, source, allowed),
      this.foreignKeys(session, [database, schema, name]),
      this.governance.of(session, source),
    ]);
    const columns = detail.view.columns.map((column) =>
      column.key === undefined && foreign.has(column.name) ? { ...column, key: 'foreign' as const } : column,
    );
    // DESCRIBE names masking policies to whoever may see them, with or without a warehouse; it does not say that there are no others.
    const described = detail.masked.map((one) => ({ kind: 'MASKING_POLICY', ...one }));
    return {
      ...detail.view,
      ...governed,
      policies: policies === 'unknown' && described.length > 0 ? described : policies,
      columns,
    };
  }

  /** For a run, which only has to know whether it may read a source. Throws POLICY_DENIED where the tenant does not let it. */
  async admit({ context, database, schema, name }: RunSource): Promise<void> {
    const [eyes, allowed] = await Promise.all([this.session.ofRun(context), this.policies.read()]);
    await this.readAs(eyes, { database, schema, name }, allowed);
  }

  /** Throws POLICY_DENIED where the tenant does not let it be used. */
  async readAs(session: Eyes, source: SourceName, allowed: TenantPolicies): Promise<DescribedSource> {
    const name = [source.database, source.schema, source.name];
    refuse(deniedObject(allowed, name));
    const [table, view] = await Promise.all([this.find(session, TABLES, source), this.find(session, VIEWS, source)]);
    const [row, listing] = table ? [table, TABLES] : [view, VIEWS];
    if (!row) throw new AppError('SOURCE_NOT_FOUND', 'The object does not exist, or your role may not see it.');
    const shown = sourceView(row, source, listing.kindOf(row), session.context.role);
    refuse(deniedSource(allowed, shown, row));
    const columns = await this.metadata.read(session, describe(table ? 'TABLE' : 'VIEW', name));
    const masked = columns.flatMap((column) => {
      const policy = column.text('policy name');
      return policy === null ? [] : [{ policy, column: column.text('name') }];
    });
    return { view: { ...shown, columns: columns.filter(isColumn).map(columnView) }, masked };
  }

  /** Columns that refer to another table; none where Snowflake does not say, as of a view. */
  private async foreignKeys(session: Eyes, name: string[]): Promise<ReadonlySet<string | null>> {
    try {
      const rows = await this.metadata.read(session, `SHOW IMPORTED KEYS IN TABLE ${qualified(name)}`);
      return new Set(rows.map((row) => row.text('fk_column_name')));
    } catch (error) {
      const isUnknown = error instanceof AppError && UNTOLD.has(error.code);
      if (!isUnknown) throw error;
      return new Set();
    }
  }

  private async find(session: Eyes, listing: Listing, source: SourceName): Promise<MetadataRow | undefined> {
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
