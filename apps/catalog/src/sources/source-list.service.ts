import { Injectable } from '@nestjs/common';
import type { SourcesQuery, SourceView } from '@snowflow/contracts/catalog/catalog.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { CurrentPolicies } from '../metadata/current-policies';
import { CurrentSession } from '../metadata/current-session';
import { MetadataReader } from '../metadata/metadata-reader';
import { byName, nameOf, pageOf } from '../metadata/name-cursor';
import { containing, show, SHOW_LIMIT } from '../metadata/show-statement';
import { Listing, listingsOf } from './source-kinds';
import { deniedSource, sourceView } from './source-view';

const PAGE_SIZE = 50;
/** Rows asked beyond a page where some may be of another kind, or only match as a pattern. */
const SPARE = 50;
/** SHOW may begin with the name it goes on from. */
const AFTER = 1;

interface Asked {
  session: SessionRecord;
  policies: TenantPolicies;
  query: SourcesQuery;
}

/** The sources of a schema, by name. Each kind is its own SHOW; their pages are merged. */
@Injectable()
export class SourceListService {
  constructor(
    private readonly session: CurrentSession,
    private readonly metadata: MetadataReader,
    private readonly policies: CurrentPolicies,
  ) {}

  async page(query: SourcesQuery): Promise<Page<SourceView>> {
    const { limit = PAGE_SIZE } = query;
    const after = nameOf(query.cursor);
    const [session, policies] = await Promise.all([this.session.read(), this.policies.read()]);
    const listed = await Promise.all(
      listingsOf(query.kind).map((listing) => this.list({ session, policies, query }, listing, after, limit + 1)),
    );
    return pageOf(listed.flat().sort(byName), limit);
  }

  /** The first `wanted` sources of one SHOW after a name: asks on while rows of another kind fill its pages. */
  private async list(
    { session, policies, query }: Asked,
    listing: Listing,
    start: string | undefined,
    wanted: number,
  ): Promise<SourceView[]> {
    const { database, schema, kind, search } = query;
    const like = search === undefined ? undefined : containing(search);
    const isSifted = kind !== undefined || search !== undefined;
    const pageSize = Math.min(wanted + (isSifted ? SPARE : AFTER), SHOW_LIMIT);
    const found: SourceView[] = [];
    for (let after = start; ;) {
      const sql = show(listing.objects, { within: [database, schema], like, limit: pageSize, after });
      const rows = await this.metadata.read(session, sql);
      const views = rows
        .map((row) => ({ row, name: row.text('name') ?? '' }))
        .filter(({ name }) => after === undefined || byName({ name: after }, { name }) < 0)
        .map(({ row, name }) => {
          const view = sourceView(row, { database, schema, name }, listing.kindOf(row), session.context.role);
          const denied = deniedSource(policies, view, row);
          return denied ? { ...view, denied } : view;
        })
        .sort(byName);
      found.push(...views.filter((view) => isWanted(view, query)));
      const last = views.at(-1);
      if (found.length >= wanted || rows.length < pageSize || !last) return found.slice(0, wanted);
      after = last.name;
    }
  }
}

/** A search finds what may be used. SHOW's LIKE reads the pattern; this reads the text, so that a `_` in a search is a `_`. */
function isWanted(view: SourceView, { kind, search }: SourcesQuery): boolean {
  if (kind !== undefined && view.kind !== kind) return false;
  if (search !== undefined && view.denied) return false;
  return search === undefined || view.name.toLowerCase().includes(search.toLowerCase());
}
