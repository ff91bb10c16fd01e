import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ApplyBody, DeployBody, DeployedView, DeployPreview } from '@snowflow/contracts/workflow/deploy.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

const workflowId = new OpaqueIdPipe('wf');

@ApiTags('workflows')
@ApiGuarded()
@Controller('workflows/:id/deploy')
export class DeployController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'previewDeploy',
    summary: 'The statements that make it a script, view, procedure or tasks, and whose rights its readers get',
  })
  @ApiParam({ name: 'id', example: 'wf_3kTMd9xZq0Lr5Yb2Nw8Vca' })
  @ApiResponse({ status: 200, type: DeployPreview })
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND', 'VALIDATION')
  preview(@Param('id', workflowId) id: string, @Body() body: DeployBody): Promise<DeployPreview> {
    return this.workflows.deploy({ ...body, id });
  }

  @Post('apply')
  @HttpCode(200)
  @ApiOperation({ operationId: 'applyDeploy', summary: 'Make it in Snowflake, as you and in your role' })
  @ApiParam({ name: 'id', example: 'wf_3kTMd9xZq0Lr5Yb2Nw8Vca' })
  @ApiResponse({ status: 200, type: DeployedView, description: 'What became of each statement, also where one failed' })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND', 'DEPLOY_CHANGED', 'VALIDATION', 'WORKFLOW_INVALID')
  apply(@Param('id', workflowId) id: string, @Body() body: ApplyBody): Promise<DeployedView> {
    return this.workflows.applyDeploy({ ...body, id });
  }
}
