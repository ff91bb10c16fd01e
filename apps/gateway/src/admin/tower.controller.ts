import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Page, PageQuery } from '@snowflow/contracts/dto/page.dto';
import {
  OverviewQuery,
  OverviewView,
  TowerApprovalView,
  TowerRunsQuery,
  TowerRunView,
} from '@snowflow/contracts/workflow/tower.dto';
import { UsageQuery, UsageView } from '@snowflow/contracts/workflow/usage.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems } from '../openapi/responses.decorator';

/** What all of a tenant runs, waits for and uses. */
@ApiTags('admin')
@ApiGuarded()
@Controller('admin')
export class TowerController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get('overview')
  @ApiOperation({ operationId: 'readOverview', summary: 'What everybody ran and what it took, over time and by whom' })
  @ApiResponse({ status: 200, type: OverviewView })
  @ApiProblems('FORBIDDEN', 'VALIDATION')
  overview(@Query() query: OverviewQuery): Promise<OverviewView> {
    return this.workflows.overview(query);
  }

  @Get('runs')
  @ApiOperation({ operationId: 'listTenantRuns', summary: "Everybody's runs, the newest first" })
  @ApiPage(TowerRunView)
  @ApiProblems('FORBIDDEN', 'VALIDATION')
  runs(@Query() query: TowerRunsQuery): Promise<Page<TowerRunView>> {
    return this.workflows.towerRuns(query);
  }

  @Post('runs/:runId/cancel')
  @HttpCode(204)
  @ApiOperation({ operationId: 'cancelTenantRun', summary: "Cancel anybody's run and its statement in Snowflake" })
  @ApiNoContentResponse()
  @ApiProblems('FORBIDDEN', 'ORIGIN_REFUSED', 'NOT_FOUND', 'RUN_ENDED')
  async cancel(@Param('runId', new OpaqueIdPipe('run')) id: string): Promise<void> {
    await this.workflows.cancelAnyRun({ id });
  }

  @Get('approvals')
  @ApiOperation({ operationId: 'listTenantApprovals', summary: 'All that waits for a decision, the oldest first' })
  @ApiPage(TowerApprovalView)
  @ApiProblems('FORBIDDEN', 'VALIDATION')
  approvals(@Query() query: PageQuery): Promise<Page<TowerApprovalView>> {
    return this.workflows.towerApprovals(query);
  }

  @Get('usage')
  @ApiOperation({ operationId: 'readUsage', summary: 'Credits, as Snowflake attributes them or as estimated' })
  @ApiResponse({ status: 200, type: UsageView })
  @ApiProblems('FORBIDDEN', 'VALIDATION')
  usage(@Query() query: UsageQuery): Promise<UsageView> {
    return this.workflows.usage(query);
  }
}
