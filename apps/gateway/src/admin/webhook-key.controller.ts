import { Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { WebhookKeysView } from '@snowflow/contracts/workflow/webhook-keys.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

@ApiTags('admin')
@ApiGuarded()
@Controller('admin/webhook-key')
export class WebhookKeyController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'readWebhookKey', summary: "The keys that the tenant's webhooks are signed with" })
  @ApiResponse({ status: 200, type: WebhookKeysView })
  @ApiProblems('FORBIDDEN')
  read(): Promise<WebhookKeysView> {
    return this.workflows.webhookKeys({});
  }

  @Post('rotate')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ operationId: 'rotateWebhookKey', summary: 'A new key; the one before it signs, too, for 24 hours' })
  @ApiResponse({ status: 200, type: WebhookKeysView })
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED')
  rotate(): Promise<WebhookKeysView> {
    return this.workflows.rotateWebhookKey({});
  }
}
