import { Injectable } from '@nestjs/common';
import type { ContainerView, DatabasesQuery, SchemasQuery } from '@snowflow/contracts/catalog/catalog.dto';
import type { Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
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
  ) {}

  databases(query: DatabasesQuery): Promise<Page<ContainerView>> {
    return this.page(show('DATABASES', { limit: SHOW_LIMIT }), query);
  }

  schemas(query: SchemasQuery): Promise<Page<ContainerView>> {
    return this.page(show('SCHEMAS', { within: [query.database], limit: SHOW_LIMIT }), query);
  }

  private async page(sql: string, { limit = PAGE_SIZE, cursor }: PageQuery): Promise<Page<ContainerView>> {
    const after = nameOf(cursor);
    const rows = await this.metadata.read(await this.session.read(), sql);
    const containers = rows.map(containerView).sort(byName);
    const rest = after === undefined ? containers : containers.filter((one) => byName({ name: after }, one) < 0);
    return pageOf(rest, limit);
  }
}

function containerView(row: MetadataRow): ContainerView {
  return {
    name: row.text('name') ?? '',
    owner: row.text('owner'),
    comment: row.text('comment'),
    createdAt: row.moment('created_on'),
  };
}
