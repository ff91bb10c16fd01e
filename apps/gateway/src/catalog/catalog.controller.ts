import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CatalogClient, catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import {
  ContainerView,
  DatabasesQuery,
  SchemasQuery,
  SourceDetailView,
  SourceName,
  SourcesQuery,
  SourceView,
} from '@snowflow/contracts/catalog/catalog.dto';
import { SearchQuery, SearchReply } from '@snowflow/contracts/catalog/search.dto';
import { type Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import { RowsPageView } from '@snowflow/contracts/rows/rows-page.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { SourceUseView } from '@snowflow/contracts/workflow/source-use.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply } from 'fastify';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';
import { RowsProxy } from '../rows/rows-proxy';
import type { GatewayRequest } from '../scope/person';
import { PreviewQuery } from './preview.query';
import { SamplesQuery } from './samples.query';

@ApiTags('catalog')
@ApiGuarded()
@Controller('catalog')
export class CatalogController {
  constructor(
    @InjectClient(catalogContract) private readonly catalog: CatalogClient,
    @InjectClient(workflowContract) private readonly workflows: WorkflowClient,
    private readonly rows: RowsProxy,
  ) {}

  @Get('databases')
  @ApiOperation({ operationId: 'listDatabases', summary: "What the session's role may see" })
  @ApiPage(ContainerView)
  databases(@Query() query: DatabasesQuery): Promise<Page<ContainerView>> {
    return this.catalog.databases(query);
  }

  @Get('schemas')
  @ApiOperation({ operationId: 'listSchemas' })
  @ApiPage(ContainerView)
  @ApiProblems('SOURCE_NOT_FOUND')
  schemas(@Query() query: SchemasQuery): Promise<Page<ContainerView>> {
    return this.catalog.schemas(query);
  }

  @Get('sources')
  @ApiOperation({ operationId: 'listSources', summary: 'Tables and views of a schema, or the objects of one kind' })
  @ApiPage(SourceView)
  @ApiProblems('SOURCE_NOT_FOUND')
  sources(@Query() query: SourcesQuery): Promise<Page<SourceView>> {
    return this.catalog.sources(query);
  }

  @Get('sources/:database/:schema/:name')
  @ApiOperation({ operationId: 'getSource', summary: 'One source and its columns' })
  @ApiResponse({ status: 200, type: SourceDetailView })
  @ApiProblems('SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED', 'POLICY_DENIED')
  source(@Param() name: SourceName): Promise<SourceDetailView> {
    return this.catalog.source(name);
  }

  @Get('sources/:database/:schema/:name/preview')
  @ApiOperation({ operationId: 'previewSource', summary: "The first rows, read as the session's role" })
  @ApiResponse({ status: 200, type: RowsPageView })
  @ApiProblems('SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED', 'POLICY_DENIED')
  async preview(
    @Param() name: SourceName,
    @Query() { limit }: PreviewQuery,
    @Req() request: GatewayRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { handle } = await this.catalog.preview({ ...name, limit });
    await this.rows.send(handle, reply, { correlationId: request.id });
  }

  @Get('sources/:database/:schema/:name/samples')
  @ApiOperation({
    operationId: 'sampleColumn',
    summary: "A few distinct values of a column, read as the session's role",
  })
  @ApiResponse({ status: 200, type: RowsPageView })
  @ApiProblems('SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED')
  async samples(
    @Param() name: SourceName,
    @Query() { column }: SamplesQuery,
    @Req() request: GatewayRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { handle } = await this.catalog.samples({ ...name, column });
    await this.rows.send(handle, reply, { correlationId: request.id });
  }

  @Get('sources/:database/:schema/:name/used-by')
  @ApiOperation({ operationId: 'listSourceUses', summary: 'Workflows of the person whose saved document names it' })
  @ApiPage(SourceUseView)
  usedBy(@Param() { database, schema, name }: SourceName, @Query() page: PageQuery): Promise<Page<SourceUseView>> {
    return this.workflows.usedBy({ ...page, database, schema, name });
  }

  @Get('search')
  @ApiOperation({ operationId: 'searchCatalog', summary: 'Search as you type over everything the role may see' })
  @ApiResponse({ status: 200, type: SearchReply })
  search(@Query() query: SearchQuery): Promise<SearchReply> {
    return this.catalog.search(query);
  }

  @Post('refresh')
  @HttpCode(204)
  @ApiOperation({ operationId: 'refreshCatalog', summary: 'Forget what was cached for this session' })
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED')
  async refresh(): Promise<void> {
    await this.catalog.refresh({});
  }
}
