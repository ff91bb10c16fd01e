import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import { ApprovalView, DecisionBody } from '@snowflow/contracts/workflow/approvals.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { StepIdPipe } from '../input/step-id.pipe';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

const runId = new OpaqueIdPipe('run');
const nodeId = new StepIdPipe();

@ApiTags('approvals')
@ApiGuarded()
@Controller()
export class ApprovalsController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get('approvals')
  @ApiOperation({ operationId: 'listApprovals', summary: 'Runs that wait for your decision, the oldest first' })
  @ApiPage(ApprovalView)
  @ApiProblems('VALIDATION')
  list(@Query() query: PageQuery): Promise<Page<ApprovalView>> {
    return this.workflows.approvals(query);
  }

  @Post('runs/:id/approvals/:nodeId')
  @HttpCode(204)
  @ApiOperation({ operationId: 'decideApproval', summary: 'Approve or reject what a run waits for' })
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND', 'VALIDATION', 'APPROVAL_DECIDED')
  async decide(
    @Param('id', runId) id: string,
    @Param('nodeId', nodeId) node: string,
    @Body() decision: DecisionBody,
  ): Promise<void> {
    await this.workflows.decide({ ...decision, id, nodeId: node });
  }
}
