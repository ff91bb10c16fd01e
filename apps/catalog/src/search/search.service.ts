import { Injectable } from '@nestjs/common';
import type { SearchHit, SearchQuery, SearchReply } from '@snowflow/contracts/catalog/search.dto';
import { deniedDatabase, deniedKind, deniedObject } from '@snowflow/contracts/policies/policy-rules';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { CurrentPolicies } from '../metadata/current-policies';
import { CurrentSession } from '../metadata/current-session';
import { activeRoles } from './active-roles';
import { findInIndex } from './find-in-index';
import { IndexBuilder } from './index-builder';
import { IndexShelf } from './index-shelf';
import { IndexStore } from './index-store';
import { LiveSearch } from './live-search';
import { endOf } from './search-cursor';
import { termsOf } from './search-terms';

const PAGE_SIZE = 50;

/** Search as you type over everything the role may see: in what was read of it, and at Snowflake until that is there. */
@Injectable()
export class SearchService {
  constructor(
    private readonly session: CurrentSession,
    private readonly shelf: IndexShelf,
    private readonly store: IndexStore,
    private readonly builder: IndexBuilder,
    private readonly live: LiveSearch,
    private readonly policies: CurrentPolicies,
    private readonly freshSeconds: number,
  ) {}

  async search({ limit = PAGE_SIZE, cursor, ...query }: SearchQuery): Promise<SearchReply> {
    const terms = termsOf(query);
    const after = endOf(cursor);
    const [session, policies] = await Promise.all([this.session.read(), this.policies.read()]);
    const told = (reply: SearchReply) => ({ ...reply, items: reply.items.map((hit) => withDenial(policies, hit)) });
    const index = await this.shelf.find(activeRoles(session));
    if (!index || index.asOfMs + this.freshSeconds * 1000 < Date.now()) this.builder.start(session);
    if (!index) return told(await this.live.find(session, terms, limit));
    const { asOfMs, complete } = index;
    return told({
      ...findInIndex(index, terms, { limit, after }),
      asOf: new Date(asOfMs).toISOString(),
      complete,
      reading: false,
    });
  }

  /** Forgets what was read; the next search has it read anew. */
  async forget(): Promise<void> {
    await this.store.forget(activeRoles(await this.session.read()));
  }
}

function withDenial(policies: TenantPolicies, hit: SearchHit): SearchHit {
  const { kind, database, schema, name } = hit;
  const parts =
    kind === 'database' ? [database] : kind === 'schema' ? [database, schema ?? name] : [database, schema ?? '', name];
  const isSource = kind !== 'database' && kind !== 'schema';
  const denied =
    kind === 'database'
      ? deniedDatabase(policies, database)
      : (deniedObject(policies, parts) ?? (isSource ? deniedKind(policies, kind) : undefined));
  return denied ? { ...hit, denied } : hit;
}
