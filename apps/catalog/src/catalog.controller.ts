import { Controller } from '@nestjs/common';
import { catalogContract, CatalogHandlers } from '@snowflow/contracts/catalog/catalog.contract';
import {
  ColumnsReply,
  ColumnsRequest,
  ContainerView,
  DatabasesQuery,
  PreviewRequest,
  RunSource,
  SamplesRequest,
  SchemasQuery,
  SealedHandle,
  SourceDetailView,
  SourceName,
  SourcesQuery,
  SourceView,
  TagsReply,
  TagsRequest,
} from '@snowflow/contracts/catalog/catalog.dto';
import { SearchQuery, SearchReply } from '@snowflow/contracts/catalog/search.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { Done } from '@snowflow/contracts/rpc/nothing';
import { Handle } from '@snowflow/transport/handle.decorator';
import { ContainersService } from './containers/containers.service';
import { CurrentSession } from './metadata/current-session';
import { MetadataCache } from './metadata/metadata-cache';
import { PreviewService } from './preview/preview.service';
import { SearchService } from './search/search.service';
import { ColumnsService } from './sources/columns.service';
import { GovernanceService } from './sources/governance.service';
import { SourceDetailService } from './sources/source-detail.service';
import { SourceListService } from './sources/source-list.service';

const { databases, schemas, sources, source, admit, columns, tags, search, samples, preview, refresh } =
  catalogContract.operations;

type Handlers = Pick<
  CatalogHandlers,
  'databases' | 'schemas' | 'sources' | 'source' | 'admit' | 'columns' | 'tags' | 'preview' | 'refresh'
>;

@Controller()
export class CatalogController implements Handlers {
  constructor(
    private readonly containers: ContainersService,
    private readonly list: SourceListService,
    private readonly details: SourceDetailService,
    private readonly columnsOf: ColumnsService,
    private readonly governance: GovernanceService,
    private readonly searches: SearchService,
    private readonly previews: PreviewService,
    private readonly session: CurrentSession,
    private readonly cache: MetadataCache,
  ) {}

  @Handle(databases)
  databases(query: DatabasesQuery): Promise<Page<ContainerView>> {
    return this.containers.databases(query);
  }

  @Handle(schemas)
  schemas(query: SchemasQuery): Promise<Page<ContainerView>> {
    return this.containers.schemas(query);
  }

  @Handle(sources)
  sources(query: SourcesQuery): Promise<Page<SourceView>> {
    return this.list.page(query);
  }

  @Handle(source)
  source(name: SourceName): Promise<SourceDetailView> {
    return this.details.read(name);
  }

  @Handle(admit)
  async admit(source: RunSource): Promise<Done> {
    await this.details.admit(source);
    return { done: true };
  }

  @Handle(columns)
  columns(request: ColumnsRequest): Promise<ColumnsReply> {
    return this.columnsOf.read(request.sources);
  }

  @Handle(tags)
  tags(request: TagsRequest): Promise<TagsReply> {
    return this.governance.tags(request);
  }

  @Handle(search)
  search(query: SearchQuery): Promise<SearchReply> {
    return this.searches.search(query);
  }

  @Handle(samples)
  samples(request: SamplesRequest): Promise<SealedHandle> {
    return this.previews.sealSamples(request);
  }

  @Handle(preview)
  preview(request: PreviewRequest): Promise<SealedHandle> {
    return this.previews.seal(request);
  }

  @Handle(refresh)
  async refresh(): Promise<Done> {
    await this.cache.forget(await this.session.read());
    await this.searches.forget();
    return { done: true };
  }
}
