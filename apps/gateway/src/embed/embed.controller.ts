import { Body, Controller, Get, Headers, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { EmbeddedRunView, EmbeddedWorkflowView } from '@snowflow/contracts/workflow/embed.dto';
import { PublishedCallBody, type PublishedRunRequest } from '@snowflow/contracts/workflow/publication.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply } from 'fastify';
import { IdempotencyKey } from '../input/idempotency-key.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { preferredWaitSeconds } from '../input/prefer-wait';
import { ApiProblems, IDEMPOTENCY_HEADER } from '../openapi/responses.decorator';
import { CallCounts } from '../published/call-counts';
import { PublishedWaiting } from '../published/published-waiting';
import { runFailed } from '../published/run-failed';
import { RowsProxy } from '../rows/rows-proxy';
import { Public } from '../security/public.decorator';
import { asViewer } from './as-viewer';
import { callingKeyOf } from './calling-key-of';
import { EmbedGuard } from './embed.guard';
import type { EmbedRequest } from './embed-viewers';

const NO_STORE = ['cache-control', 'no-store'] as const;
const runId = new OpaqueIdPipe('run');

/** What a frame may ask, by its embed token and nothing else: no session, no cookie and no API key is taken here. */
@ApiTags('embed')
@ApiBearerAuth('embed-token')
@ApiProblems('UNAUTHENTICATED', 'EMBED_TOKEN_EXPIRED', 'NOT_FOUND', 'THROTTLED', 'UNAVAILABLE', 'DEADLINE_EXCEEDED')
@Public()
@UseGuards(EmbedGuard)
@Controller('embed')
export class EmbedController {
  constructor(
    @InjectClient(workflowContract) private readonly workflows: WorkflowClient,
    private readonly counts: CallCounts,
    private readonly waiting: PublishedWaiting,
    private readonly rows: RowsProxy,
  ) {}

  @Get('workflow')
  @ApiOperation({ operationId: 'getEmbeddedWorkflow', summary: 'What the token shows' })
  @ApiResponse({ status: 200, type: EmbeddedWorkflowView })
  read(@Req() request: EmbedRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<EmbeddedWorkflowView> {
    void reply.header(...NO_STORE);
    return asViewer(request, async ({ of, org, emb, exp }) => ({
      ...(await this.workflows.embedded({ of })),
      view: of.view,
      embedId: emb,
      parents: org,
      expiresAt: new Date(exp * 1000).toISOString(),
    }));
  }

  @Post('runs')
  @HttpCode(202)
  @ApiOperation({ operationId: 'startEmbeddedRun', summary: 'Run the published revision that the token names' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiResponse({ status: 202, type: EmbeddedRunView })
  @ApiProblems('VALIDATION', 'FORBIDDEN', 'IDEMPOTENCY_MISMATCH', 'CREDENTIAL_UNUSABLE', 'KEY_LIMIT_REACHED')
  start(
    @Body() { parameters = {} }: PublishedCallBody,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Req() request: EmbedRequest,
  ): Promise<EmbeddedRunView> {
    return asViewer(request, async (viewer) => {
      const { key, slug } = callingKeyOf(viewer);
      const identity = { id: key.id, name: key.name, limits: key.limits, tenantId: viewer.tid };
      await this.counts.admit(`embed:${viewer.jti}`, identity, true);
      const started = await this.workflows.callPublished({ slug, key, parameters, durable: true, idempotencyKey });
      return { runId: started.runId, status: 'queued', code: null };
    });
  }

  @Get('runs/:runId')
  @ApiOperation({ operationId: 'getEmbeddedRun', summary: 'How far a run of this token is' })
  @ApiHeader({ name: 'Prefer', required: false, description: 'wait=N seconds, 60 at most' })
  @ApiResponse({ status: 200, type: EmbeddedRunView })
  run(
    @Param('runId', runId) id: string,
    @Headers('prefer') prefer: string | undefined,
    @Req() request: EmbedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EmbeddedRunView> {
    void reply.header(...NO_STORE);
    return asViewer(request, async (viewer) => {
      const run: PublishedRunRequest = { ...callingKeyOf(viewer), runId: id };
      const { status, code } = await this.waiting.ended(run, preferredWaitSeconds(prefer), reply.raw);
      return { runId: id, status, code: code ?? null };
    });
  }

  @Get('runs/:runId/response')
  @ApiOperation({ operationId: 'readEmbeddedResponse', summary: 'What a run of this token answered' })
  @ApiProduces('application/json', 'text/csv')
  @ApiResponse({ status: 200, description: 'A value, or a page of rows', schema: {} })
  @ApiProblems('RUN_FAILED', 'RESULT_EXPIRED')
  response(@Param('runId', runId) id: string, @Req() request: EmbedRequest, @Res() reply: FastifyReply): Promise<void> {
    return asViewer(request, async (viewer) => {
      const reached = await this.workflows.publishedRun({ ...callingKeyOf(viewer), runId: id });
      const { status, answer } = reached;
      if (status === 'failed' || status === 'cancelled') throw runFailed(reached);
      if (!answer) throw new AppError('NOT_FOUND', 'The run has not answered yet. Ask again when it has ended.');
      void reply.header(...NO_STORE);
      const { rows, value } = answer;
      if (!rows) return void reply.type('application/json; charset=utf-8').send(JSON.stringify(value ?? null));
      const download = rows.format === 'csv' ? { format: rows.format, fileName: 'response.csv' } : undefined;
      await this.rows.send(rows.handle, reply, { correlationId: request.id, download });
    });
  }
}
