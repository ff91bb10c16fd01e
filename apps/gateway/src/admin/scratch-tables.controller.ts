import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ScratchTablesView } from '@snowflow/contracts/workflow/scratch-tables.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';

@ApiTags('admin')
@ApiGuarded()
@Controller('admin/scratch-tables')
export class ScratchTablesController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get()
  @ApiOperation({
    operationId: 'listScratchTables',
    summary: 'Scratch tables that outlived their runs, and tasks that sweep them',
  })
  @ApiResponse({ status: 200, type: ScratchTablesView })
  @ApiProblems('FORBIDDEN')
  list(): Promise<ScratchTablesView> {
    return this.workflows.overdueTables({});
  }
}
