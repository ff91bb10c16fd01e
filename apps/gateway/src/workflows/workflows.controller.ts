import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  ColumnUsesQuery,
  ColumnUsesReply,
  LineageReply,
  LineageRequest,
} from '@snowflow/contracts/workflow/lineage.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { RemoveQuery } from '@snowflow/contracts/workflow/sharing.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import {
  SavedView,
  SaveRequest,
  ValidateReply,
  ValidateRequest,
  WorkflowsQuery,
  WorkflowSummaryView,
  WorkflowView,
} from '@snowflow/contracts/workflow/workflow.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply } from 'fastify';
import { IdempotencyKey } from '../input/idempotency-key.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems, IDEMPOTENCY_HEADER } from '../openapi/responses.decorator';

const workflowId = new OpaqueIdPipe('wf');

@ApiTags('workflows')
@ApiGuarded()
@Controller('workflows')
export class WorkflowsController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get()
  @ApiOperation({ operationId: 'listWorkflows' })
  @ApiPage(WorkflowSummaryView)
  list(@Query() query: WorkflowsQuery): Promise<Page<WorkflowSummaryView>> {
    return this.workflows.list(query);
  }

  @Post('save')
  @ApiOperation({ operationId: 'saveWorkflow', summary: 'Save a draft; half-drawn ones too' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiResponse({ status: 200, type: SavedView, description: 'A workflow that was there' })
  @ApiResponse({ status: 201, type: SavedView, description: 'A new workflow' })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND', 'REVISION_CONFLICT', 'VALIDATION', 'IDEMPOTENCY_MISMATCH')
  async save(
    @Body() body: SaveRequest,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SavedView> {
    const { created, ...saved } = await this.workflows.save(body, { idempotencyKey });
    void reply.status(created ? 201 : 200);
    return saved;
  }

  @Post('validate')
  @HttpCode(200)
  @ApiOperation({ operationId: 'validateWorkflow', summary: 'What is wrong with a document, and the plan of its run' })
  @ApiResponse({ status: 200, type: ValidateReply })
  @ApiProblems('ORIGIN_REFUSED')
  validate(@Body() body: ValidateRequest): Promise<ValidateReply> {
    return this.workflows.validate(body);
  }

  @Post('lineage')
  @HttpCode(200)
  @ApiOperation({ operationId: 'traceWorkflow', summary: 'Where the columns of a document come from' })
  @ApiResponse({ status: 200, type: LineageReply })
  @ApiProblems('ORIGIN_REFUSED')
  lineage(@Body() body: LineageRequest): Promise<LineageReply> {
    return this.workflows.lineage(body);
  }

  @Get('column-uses')
  @ApiOperation({ operationId: 'listColumnUses', summary: "What a table's column goes into, in your workflows" })
  @ApiResponse({ status: 200, type: ColumnUsesReply })
  columnUses(@Query() query: ColumnUsesQuery): Promise<ColumnUsesReply> {
    return this.workflows.columnUses(query);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getWorkflow' })
  @ApiParam({ name: 'id', example: 'wf_3kTMd9xZq0Lr5Yb2Nw8Vca' })
  @ApiResponse({ status: 200, type: WorkflowView })
  @ApiProblems('NOT_FOUND')
  get(@Param('id', workflowId) id: string): Promise<WorkflowView> {
    return this.workflows.get({ id });
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteWorkflow', summary: 'Move a workflow to the trash, or remove it for good' })
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  async remove(@Param('id', workflowId) id: string, @Query() query: RemoveQuery): Promise<void> {
    await this.workflows.remove({ id, ...query });
  }
}
