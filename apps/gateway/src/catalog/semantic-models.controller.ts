import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { CatalogClient, catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import { SourceName } from '@snowflow/contracts/catalog/catalog.dto';
import {
  AnalystAnswerView,
  AskSemanticModel,
  SaveSemanticModel,
  SemanticModelDetailView,
  SemanticModelsQuery,
  SemanticModelView,
  SemanticValidationView,
  ValidateSemanticModel,
} from '@snowflow/contracts/catalog/semantic-models.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

@ApiTags('semantic models')
@ApiGuarded()
@Controller('catalog/semantic-models')
export class SemanticModelsController {
  constructor(@InjectClient(catalogContract) private readonly catalog: CatalogClient) {}

  @Get()
  @ApiOperation({ operationId: 'listSemanticModels', summary: 'Semantic views that the role sees' })
  @ApiPage(SemanticModelView)
  @ApiProblems('SOURCE_NOT_FOUND')
  list(@Query() query: SemanticModelsQuery): Promise<Page<SemanticModelView>> {
    return this.catalog.semanticModels(query);
  }

  @Post('validate')
  @HttpCode(200)
  @ApiOperation({ operationId: 'validateSemanticModel', summary: 'What is wrong with a YAML model, line by line' })
  @ApiResponse({ status: 200, type: SemanticValidationView })
  @ApiProblems('ORIGIN_REFUSED')
  validate(@Body() body: ValidateSemanticModel): Promise<SemanticValidationView> {
    return this.catalog.validateSemanticModel(body);
  }

  @Post('ask')
  @HttpCode(200)
  @ApiOperation({ operationId: 'askSemanticModel', summary: "Analyst's SQL for a question; nothing is run" })
  @ApiResponse({ status: 200, type: AnalystAnswerView })
  @ApiProblems('CORTEX_FAILED', 'CONTEXT_NOT_HONOURED', 'ORIGIN_REFUSED')
  ask(@Body() body: AskSemanticModel): Promise<AnalystAnswerView> {
    return this.catalog.askSemanticModel(body);
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({ operationId: 'saveSemanticModel', summary: 'Makes a semantic view of a YAML model, as the role' })
  @ApiResponse({ status: 201, type: SourceName })
  @ApiProblems('SQL_FAILED', 'SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED', 'OUTCOME_UNKNOWN', 'ORIGIN_REFUSED')
  save(@Body() body: SaveSemanticModel): Promise<SourceName> {
    return this.catalog.saveSemanticModel(body);
  }

  @Get(':database/:schema/:name')
  @ApiOperation({ operationId: 'getSemanticModel', summary: 'One semantic view: its model, and that as YAML' })
  @ApiResponse({ status: 200, type: SemanticModelDetailView })
  @ApiProblems('SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED')
  read(@Param() name: SourceName): Promise<SemanticModelDetailView> {
    return this.catalog.semanticModel(name);
  }
}
