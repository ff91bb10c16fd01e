import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AccessMatrixRequest, AccessMatrixView } from '@snowflow/contracts/workflow/access.dto';
import { BudgetView, RunBudgetDto } from '@snowflow/contracts/workflow/budget.dto';
import { PreviewReply, PreviewRequest } from '@snowflow/contracts/workflow/preview.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

const workflowId = new OpaqueIdPipe('wf');

@ApiTags('workflows')
@ApiGuarded()
@Controller('workflows')
export class CostController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ operationId: 'previewWorkflow', summary: 'What a run would read and write at most; nothing is run' })
  @ApiResponse({ status: 200, type: PreviewReply })
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND', 'VALIDATION', 'WORKFLOW_INVALID', 'DEADLINE_EXCEEDED')
  preview(@Body() body: PreviewRequest): Promise<PreviewReply> {
    return this.workflows.preview(body);
  }

  @Post('access-matrix')
  @HttpCode(200)
  @ApiOperation({ operationId: 'accessMatrix', summary: 'Which roles could run it, node by node, from grants' })
  @ApiResponse({ status: 200, type: AccessMatrixView })
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND', 'VALIDATION')
  accessMatrix(@Body() body: AccessMatrixRequest): Promise<AccessMatrixView> {
    return this.workflows.accessMatrix(body);
  }

  @Get(':id/budget')
  @ApiOperation({ operationId: 'getBudget', summary: 'What a run of the workflow may take' })
  @ApiParam({ name: 'id', example: 'wf_3kTMd9xZq0Lr5Yb2Nw8Vca' })
  @ApiResponse({ status: 200, type: BudgetView })
  @ApiProblems('NOT_FOUND')
  budget(@Param('id', workflowId) id: string): Promise<BudgetView> {
    return this.workflows.budget({ id });
  }

  @Put(':id/budget')
  @ApiOperation({ operationId: 'saveBudget', summary: 'Limit what a run of the workflow may take' })
  @ApiParam({ name: 'id', example: 'wf_3kTMd9xZq0Lr5Yb2Nw8Vca' })
  @ApiResponse({ status: 200, type: BudgetView })
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND', 'VALIDATION')
  saveBudget(@Param('id', workflowId) id: string, @Body() body: RunBudgetDto): Promise<BudgetView> {
    return this.workflows.saveBudget({ ...body, id });
  }
}
