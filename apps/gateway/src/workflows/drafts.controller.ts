import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DraftReply, DraftRequest } from '@snowflow/contracts/workflow/draft.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

@ApiTags('workflows')
@ApiGuarded()
@Controller('workflows/draft')
export class DraftsController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'draftWorkflow',
    summary: 'A workflow, or a change of one, from words; nothing is saved',
  })
  @ApiResponse({ status: 200, type: DraftReply })
  @ApiProblems(
    'ORIGIN_REFUSED',
    'FORBIDDEN',
    'VALIDATION',
    'BUDGET_EXCEEDED',
    'MODEL_UNKNOWN',
    'MODEL_FAILED',
    'CONTEXT_NOT_HONOURED',
    'DEADLINE_EXCEEDED',
  )
  draft(@Body() body: DraftRequest): Promise<DraftReply> {
    return this.workflows.draft(body);
  }
}
