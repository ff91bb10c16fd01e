import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { NewOwnerBody, OwnerView, SharesBody, TagsBody } from '@snowflow/contracts/workflow/sharing.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

const workflowId = new OpaqueIdPipe('wf');

@ApiTags('workflows')
@ApiGuarded()
@ApiParam({ name: 'id', example: 'wf_3kTMd9xZq0Lr5Yb2Nw8Vca' })
@Controller('workflows/:id')
export class SharingController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get('shares')
  @ApiOperation({ operationId: 'getShares', summary: 'Who else of the tenant may do what with a workflow' })
  @ApiResponse({ status: 200, type: SharesBody })
  @ApiProblems('NOT_FOUND')
  shares(@Param('id', workflowId) id: string): Promise<SharesBody> {
    return this.workflows.shares({ id });
  }

  @Put('shares')
  @ApiOperation({ operationId: 'saveShares' })
  @ApiResponse({ status: 200, type: SharesBody })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  saveShares(@Param('id', workflowId) id: string, @Body() body: SharesBody): Promise<SharesBody> {
    return this.workflows.saveShares({ id, ...body });
  }

  @Put('tags')
  @ApiOperation({ operationId: 'saveTags' })
  @ApiResponse({ status: 200, type: TagsBody })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  saveTags(@Param('id', workflowId) id: string, @Body() body: TagsBody): Promise<TagsBody> {
    return this.workflows.saveTags({ id, ...body });
  }

  @Put('owner')
  @ApiOperation({ operationId: 'transferWorkflow', summary: 'Give a workflow to another builder of the tenant' })
  @ApiResponse({ status: 200, type: OwnerView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  transfer(@Param('id', workflowId) id: string, @Body() body: NewOwnerBody): Promise<OwnerView> {
    return this.workflows.transfer({ id, ...body });
  }

  @Post('restore')
  @HttpCode(204)
  @ApiOperation({ operationId: 'restoreWorkflow', summary: 'Take a workflow out of the trash' })
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  async restore(@Param('id', workflowId) id: string): Promise<void> {
    await this.workflows.restore({ id });
  }
}
