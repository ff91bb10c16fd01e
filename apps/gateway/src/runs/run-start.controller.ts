import { Body, Controller, Headers, Post, Res } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { RunRequest, RunStartedView, RunView } from '@snowflow/contracts/workflow/workflow.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply } from 'fastify';
import { IdempotencyKey } from '../input/idempotency-key.decorator';
import { preferredWaitSeconds } from '../input/prefer-wait';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems, IDEMPOTENCY_HEADER } from '../openapi/responses.decorator';
import { RunWaiting } from './run-waiting';

@ApiTags('runs')
@ApiGuarded()
@ApiExtraModels(RunView)
@Controller('workflows/run')
export class RunStartController {
  constructor(
    @InjectClient(workflowContract) private readonly workflows: WorkflowClient,
    private readonly waiting: RunWaiting,
  ) {}

  @Post()
  @ApiOperation({ operationId: 'startRun', summary: 'Run a saved workflow, or a document as it is' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description: 'wait=N: answer the finished run if it ends in N <= 60 s',
  })
  @ApiResponse({ status: 202, type: RunStartedView, description: 'Accepted' })
  @ApiResponse({ status: 200, type: RunView, description: 'Finished within the time of Prefer: wait' })
  @ApiProblems(
    'ORIGIN_REFUSED',
    'NOT_FOUND',
    'VALIDATION',
    'WORKFLOW_INVALID',
    'IDEMPOTENCY_MISMATCH',
    'OUTCOME_UNKNOWN',
    'CONSENT_NEEDED',
    'GUARDED_ROLE',
  )
  async start(
    @Body() body: RunRequest,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RunStartedView | RunView> {
    const started = await this.workflows.startRun(body, { idempotencyKey });
    const waitSeconds = preferredWaitSeconds(prefer);
    const finished = waitSeconds > 0 ? await this.waiting.finished(started.runId, waitSeconds, reply.raw) : undefined;
    if (waitSeconds > 0) void reply.header('preference-applied', `wait=${waitSeconds}`);
    void reply.status(finished ? 200 : 202);
    return finished ?? started;
  }
}
