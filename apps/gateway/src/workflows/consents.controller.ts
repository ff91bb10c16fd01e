import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import { ConsentBody } from '@snowflow/contracts/workflow/consent.dto';
import {
  PublishDecisionBody,
  PublishRequestBody,
  PublishRequestView,
} from '@snowflow/contracts/workflow/publish-request.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { RevisionPipe } from '../input/revision.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

@ApiTags('workflows')
@ApiGuarded()
@Controller()
export class ConsentsController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Post('workflows/:id/revisions/:revision/consent')
  @HttpCode(204)
  @ApiOperation({ operationId: 'consentToRun', summary: 'Agree to run a revision that somebody else wrote' })
  @ApiResponse({ status: 204, description: 'Remembered for this person, revision and summary' })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'NOT_FOUND', 'VALIDATION')
  async consent(
    @Param('id', new OpaqueIdPipe('wf')) id: string,
    @Param('revision', RevisionPipe) revision: number,
    @Body() { summaryHash }: ConsentBody,
  ): Promise<void> {
    await this.workflows.consent({ id, revision, summaryHash });
  }

  @Post('workflows/:id/publish-requests')
  @ApiOperation({ operationId: 'askToPublish', summary: 'Ask an owner or admin to agree that a revision is published' })
  @ApiResponse({ status: 201, type: PublishRequestView })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'NOT_FOUND', 'VALIDATION')
  ask(
    @Param('id', new OpaqueIdPipe('wf')) id: string,
    @Body() { revision }: PublishRequestBody,
  ): Promise<PublishRequestView> {
    return this.workflows.askToPublish({ id, revision });
  }

  @Get('publish-requests')
  @ApiOperation({
    operationId: 'listPublishRequests',
    summary: 'What waits to be published; of others for admins only',
  })
  @ApiPage(PublishRequestView)
  list(@Query() query: PageQuery): Promise<Page<PublishRequestView>> {
    return this.workflows.publishRequests(query);
  }

  @Post('publish-requests/:id/decision')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'decidePublishRequest',
    summary: 'Agree or not, as an owner or admin who did not write it',
  })
  @ApiResponse({ status: 200, type: PublishRequestView })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'NOT_FOUND', 'VALIDATION', 'APPROVAL_DECIDED')
  decide(
    @Param('id', new OpaqueIdPipe('apr')) requestId: string,
    @Body() decision: PublishDecisionBody,
  ): Promise<PublishRequestView> {
    return this.workflows.decidePublish({ requestId, ...decision });
  }
}
