import { Injectable } from '@nestjs/common';
import type { ContainerView, DatabasesQuery, SchemasQuery } from '@snowflow/contracts/catalog/catalog.dto';
import type { Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import { deniedDatabase, deniedObject, type Denial } from '@snowflow/contracts/policies/policy-rules';
import { CurrentPolicies } from '../metadata/current-policies';
import { CurrentSession } from '../metadata/current-session';
import { MetadataReader } from '../metadata/metadata-reader';
import type { MetadataRow } from '../metadata/metadata-row';
import { byName, nameOf, pageOf } from '../metadata/name-cursor';
import { show, SHOW_LIMIT } from '../metadata/show-statement';

const PAGE_SIZE = 50;

/** Databases and schemas. SHOW's own cursor is reliable within a schema only, so all names are read and paged here. */
@Injectable()
export class ContainersService {
  constructor(
    private readonly session: CurrentSession,
    private readonly metadata: MetadataReader,
    private readonly policies: CurrentPolicies,
  ) {}

  async databases(query: DatabasesQuery): Promise<Page<ContainerView>> {
    const policies = await this.policies.read();
    const sql = show('DATABASES', { limit: SHOW_LIMIT });
    return this.page(sql, query, (name) => deniedDatabase(policies, name));
  }

  async schemas(query: SchemasQuery): Promise<Page<ContainerView>> {
    const policies = await this.policies.read();
    const { database } = query;
    const sql = show('SCHEMAS', { within: [database], limit: SHOW_LIMIT });
    return this.page(sql, query, (name) => deniedObject(policies, [database, name]));
  }

  /** What the tenant denies is shown as denied: it is there, and somebody may allow it. */
  private async page(
    sql: string,
    { limit = PAGE_SIZE, cursor }: PageQuery,
    deniedBy: (name: string) => Denial | undefined,
  ): Promise<Page<ContainerView>> {
    const after = nameOf(cursor);
    const rows = await this.metadata.read(await this.session.read(), sql);
    const containers = rows.map(containerView).sort(byName);
    const rest = after === undefined ? containers : containers.filter((one) => byName({ name: after }, one) < 0);
    const { items, nextCursor } = pageOf(rest, limit);
    return { items: items.map((one) => withDenial(one, deniedBy(one.name))), nextCursor };
  }
}

const withDenial = (view: ContainerView, denied: Denial | undefined) => (denied ? { ...view, denied } : view);

function containerView(row: MetadataRow): ContainerView {
  return {
    name: row.text('name') ?? '',
    owner: row.text('owner'),
    comment: row.text('comment'),
    createdAt: row.moment('created_on'),
  };
}
