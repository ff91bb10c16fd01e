import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { PublicationBody, PublicationView } from '@snowflow/contracts/workflow/publication.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

const workflowId = new OpaqueIdPipe('wf');

@ApiTags('published')
@ApiGuarded()
@Controller('workflows/:id/publication')
export class PublicationsController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get()
  @ApiOperation({ operationId: 'getPublication', summary: 'How a workflow is published as an API' })
  @ApiResponse({ status: 200, type: PublicationView })
  @ApiProblems('NOT_FOUND')
  get(@Param('id', workflowId) id: string): Promise<PublicationView> {
    return this.workflows.publication({ id });
  }

  @Put()
  @ApiOperation({ operationId: 'savePublication', summary: 'Publish a revision as an API, or publish it otherwise' })
  @ApiResponse({ status: 200, type: PublicationView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND', 'SLUG_TAKEN')
  save(@Param('id', workflowId) id: string, @Body() body: PublicationBody): Promise<PublicationView> {
    return this.workflows.savePublication({ ...body, id });
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ operationId: 'deletePublication', summary: 'Calls are refused from now on' })
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  async remove(@Param('id', workflowId) id: string): Promise<void> {
    await this.workflows.removePublication({ id });
  }
}
