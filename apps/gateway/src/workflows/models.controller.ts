import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ModelsView } from '@snowflow/contracts/workflow/models.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';

@ApiTags('models')
@ApiGuarded()
@Controller('models')
export class ModelsController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get()
  @ApiOperation({
    operationId: 'listModels',
    summary: 'Language models that nodes may name, as the session’s role sees them',
  })
  @ApiResponse({ status: 200, type: ModelsView })
  list(): Promise<ModelsView> {
    return this.workflows.models({});
  }
}
