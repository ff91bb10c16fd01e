import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import {
  NewTemplate,
  TemplateMadeView,
  TemplatesQuery,
  TemplateSummaryView,
  TemplateUsedView,
  TemplateView,
  TemplateWords,
  UseTemplateBody,
} from '@snowflow/contracts/workflow/templates.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { IdempotencyKey } from '../input/idempotency-key.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems, IDEMPOTENCY_HEADER } from '../openapi/responses.decorator';

const templateId = new OpaqueIdPipe('tpl');
const TEMPLATE_ID = { name: 'id', example: 'tpl_StarterRevenueByNation' };

@ApiTags('templates')
@ApiGuarded()
@Controller('templates')
export class TemplatesController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get()
  @ApiOperation({ operationId: 'listTemplates', summary: 'Those that come with SnowFlow, and your tenant’s own' })
  @ApiPage(TemplateSummaryView)
  list(@Query() query: TemplatesQuery): Promise<Page<TemplateSummaryView>> {
    return this.workflows.templates(query);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getTemplate', summary: 'A template, and what your session lacks for it' })
  @ApiParam(TEMPLATE_ID)
  @ApiResponse({ status: 200, type: TemplateView })
  @ApiProblems('NOT_FOUND', 'DEADLINE_EXCEEDED')
  get(@Param('id', templateId) id: string): Promise<TemplateView> {
    return this.workflows.template({ id });
  }

  @Post()
  @ApiOperation({ operationId: 'createTemplate', summary: 'Make a template of a workflow of yours' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiResponse({ status: 201, type: TemplateMadeView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION', 'IDEMPOTENCY_MISMATCH')
  create(@Body() body: NewTemplate, @IdempotencyKey() idempotencyKey: string | undefined): Promise<TemplateMadeView> {
    return this.workflows.createTemplate(body, { idempotencyKey });
  }

  @Put(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'changeTemplate', summary: 'Change what a template says and asks' })
  @ApiParam(TEMPLATE_ID)
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION')
  async change(@Param('id', templateId) id: string, @Body() body: TemplateWords): Promise<void> {
    await this.workflows.changeTemplate({ ...body, id });
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteTemplate' })
  @ApiParam(TEMPLATE_ID)
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  async remove(@Param('id', templateId) id: string): Promise<void> {
    await this.workflows.removeTemplate({ id });
  }

  @Post(':id/use')
  @ApiOperation({ operationId: 'useTemplate', summary: 'A new workflow from it, with those it calls' })
  @ApiParam(TEMPLATE_ID)
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiResponse({ status: 201, type: TemplateUsedView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION', 'IDEMPOTENCY_MISMATCH')
  use(
    @Param('id', templateId) id: string,
    @Body() body: UseTemplateBody,
    @IdempotencyKey() idempotencyKey: string | undefined,
  ): Promise<TemplateUsedView> {
    return this.workflows.useTemplate({ ...body, id }, { idempotencyKey });
  }
}
