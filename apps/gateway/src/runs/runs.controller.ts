import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { RunsQuery, RunStartedView, RunSummaryView, RunView } from '@snowflow/contracts/workflow/workflow.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { IdempotencyKey } from '../input/idempotency-key.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiPage, ApiProblems, IDEMPOTENCY_HEADER } from '../openapi/responses.decorator';

const runId = new OpaqueIdPipe('run');

@ApiTags('runs')
@ApiGuarded()
@Controller('runs')
export class RunsController {
  constructor(@InjectClient(workflowContract) private readonly workflows: WorkflowClient) {}

  @Get()
  @ApiOperation({ operationId: 'listRuns', summary: 'Your runs, the newest first' })
  @ApiPage(RunSummaryView)
  list(@Query() query: RunsQuery): Promise<Page<RunSummaryView>> {
    return this.workflows.listRuns(query);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getRun', summary: 'A run, its nodes and its statements' })
  @ApiParam({ name: 'id', example: 'run_3kTMd9xZq0Lr5Yb2Nw8Vca' })
  @ApiResponse({ status: 200, type: RunView })
  @ApiProblems('NOT_FOUND')
  get(@Param('id', runId) id: string): Promise<RunView> {
    return this.workflows.getRun({ id });
  }

  @Post(':id/cancel')
  @HttpCode(204)
  @ApiOperation({ operationId: 'cancelRun', summary: 'Cancel a run and its statement in Snowflake' })
  @ApiNoContentResponse()
  @ApiProblems('ORIGIN_REFUSED', 'NOT_FOUND', 'RUN_ENDED')
  async cancel(@Param('id', runId) id: string): Promise<void> {
    await this.workflows.cancelRun({ id });
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'retryRun',
    summary: 'A new run that takes over what succeeded and runs the rest again',
  })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiResponse({ status: 202, type: RunStartedView })
  @ApiProblems(
    'ORIGIN_REFUSED',
    'NOT_FOUND',
    'VALIDATION',
    'CONTEXT_DIFFERS',
    'RESULT_EXPIRED',
    'IDEMPOTENCY_MISMATCH',
    'CONSENT_NEEDED',
    'GUARDED_ROLE',
  )
  retry(@Param('id', runId) id: string, @IdempotencyKey() idempotencyKey: string | undefined): Promise<RunStartedView> {
    return this.workflows.retryRun({ id }, { idempotencyKey });
  }
}
