import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import { ScheduleSummaryView } from '@snowflow/contracts/workflow/schedules.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

/** Everything in the tenant that runs by the clock; /schedules/{id} pauses and removes it. */
@ApiTags('admin')
@ApiGuarded()
@Controller('admin')
export class TenantSchedulesController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get('schedules')
  @ApiOperation({ operationId: 'listTenantSchedules', summary: 'For owners and admins' })
  @ApiPage(ScheduleSummaryView)
  @ApiProblems('FORBIDDEN', 'VALIDATION')
  list(@Query() query: PageQuery): Promise<Page<ScheduleSummaryView>> {
    return this.workflows.schedulesOfTenant(query);
  }
}
