import { Body, Controller, Header, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { EmbedTokenView } from '@snowflow/contracts/auth/embed.dto';
import { EmbedTokenBody } from '@snowflow/contracts/workflow/embed.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

@ApiTags('embed')
@ApiGuarded()
@Controller('embed/tokens')
export class EmbedTokensController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Post()
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'createEmbedToken', summary: 'A token to show a workflow of yours in another page' })
  @ApiResponse({ status: 201, type: EmbedTokenView })
  @ApiProblems('ORIGIN_REFUSED', 'FORBIDDEN', 'NOT_FOUND')
  create(@Body() body: EmbedTokenBody): Promise<EmbedTokenView> {
    return this.workflows.embedToken(body);
  }
}
