import { Readable } from 'node:stream';
import { Body, Controller, Get, Headers, Param, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type {
  PublishedAnswer,
  PublishedRunReply,
  PublishedRunRequest,
} from '@snowflow/contracts/workflow/publication.dto';
import { PublishedCallBody, PublishedStartedView } from '@snowflow/contracts/workflow/publication.dto';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply } from 'fastify';
import { IdempotencyKey } from '../input/idempotency-key.decorator';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { preferredWaitSeconds } from '../input/prefer-wait';
import { ApiProblems, IDEMPOTENCY_HEADER } from '../openapi/responses.decorator';
import { RowsProxy } from '../rows/rows-proxy';
import type { GatewayRequest } from '../scope/person';
import { Public } from '../security/public.decorator';
import { CallingKeys } from './calling-keys';
import { publishedEvents } from './published-events';
import { PublishedWaiting } from './published-waiting';
import { runFailed } from './run-failed';

const DEFAULT_WAIT_SECONDS = 30;
const RUN_ID = new OpaqueIdPipe('run');
const RESPOND_ASYNC = /(?:^|[,;])\s*respond-async\s*(?:$|[,;])/i;

/** Published workflows. Who calls is known by their API key, which stands in a header and nowhere else. */
@ApiTags('published')
@ApiSecurity('api-key')
@ApiProblems('UNAUTHENTICATED', 'KEY_EXPIRED', 'NOT_FOUND', 'THROTTLED', 'UNAVAILABLE', 'DEADLINE_EXCEEDED')
@Public()
@SkipThrottle()
@Controller('published/:slug')
export class PublishedController {
  constructor(
    @InjectClient(workflowContract) private readonly workflows: WorkflowClient,
    private readonly keys: CallingKeys,
    private readonly waiting: PublishedWaiting,
    private readonly rows: RowsProxy,
  ) {}

  @Post()
  @ApiOperation({ operationId: 'callPublished', summary: 'Call a published workflow' })
  @ApiHeader(IDEMPOTENCY_HEADER)
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description: 'respond-async, or wait=N seconds (30 without it, 60 at most)',
  })
  @ApiProduces('application/json', 'text/csv', 'text/event-stream')
  @ApiResponse({ status: 200, description: 'What the workflow answers; it may choose another status', schema: {} })
  @ApiResponse({ status: 202, type: PublishedStartedView, description: 'Under way' })
  @ApiProblems('VALIDATION', 'IDEMPOTENCY_MISMATCH', 'CREDENTIAL_UNUSABLE', 'KEY_LIMIT_REACHED', 'RUN_FAILED')
  call(
    @Param('slug') slug: string,
    @Body() { parameters = {} }: PublishedCallBody,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Headers() { prefer, accept }: Record<string, string | undefined>,
    @Req() request: GatewayRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.keys.as(request, true, async (key) => {
      const isAsync = RESPOND_ASYNC.test(prefer ?? '');
      const isStream = accept?.includes('text/event-stream') === true;
      const durable = isAsync || isStream;
      const started = await this.workflows.callPublished({ slug, key, parameters, durable, idempotencyKey });
      const { runId, mode, answer } = started;
      if (answer) return this.answer(answer, request, reply);
      const run = { slug, key, runId };
      if (isStream) return this.stream(run, request, reply);
      if (isAsync) void reply.header('preference-applied', 'respond-async');
      const waitSeconds = preferredWaitSeconds(prefer) || (mode === 'sync' ? DEFAULT_WAIT_SECONDS : 0);
      if (isAsync || waitSeconds === 0) return this.underWay(run, 'queued', reply);
      return this.told(run, await this.waiting.ended(run, waitSeconds, reply.raw), request, reply);
    });
  }

  @Get('openapi.json')
  @ApiOperation({ operationId: 'getPublishedApi', summary: 'The OpenAPI 3.1 document of a published workflow' })
  @ApiResponse({ status: 200, schema: { type: 'object', additionalProperties: true } })
  api(@Param('slug') slug: string, @Req() request: GatewayRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.keys.as(request, false, async (key) => {
      const { document } = await this.workflows.publishedApi({ slug, key });
      void reply.header('cache-control', 'no-store').send(document);
    });
  }

  @Get('runs/:runId')
  @ApiOperation({ operationId: 'getPublishedRun', summary: 'What a call came to, for the key that called' })
  @ApiResponse({ status: 200, description: 'What the workflow answers', schema: {} })
  @ApiResponse({ status: 202, type: PublishedStartedView, description: 'Still under way' })
  @ApiProblems('RUN_FAILED', 'RESULT_EXPIRED')
  run(
    @Param('slug') slug: string,
    @Param('runId') id: string,
    @Req() request: GatewayRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.keys.as(request, false, async (key) => {
      // Who has no key is told so, whatever else is wrong.
      const run = { slug, key, runId: RUN_ID.transform(id) };
      await this.told(run, await this.workflows.publishedRun(run), request, reply);
    });
  }

  private async told(
    run: PublishedRunRequest,
    reached: PublishedRunReply,
    request: GatewayRequest,
    reply: FastifyReply,
  ): Promise<void> {
    const { status, answer } = reached;
    if (answer) return this.answer(answer, request, reply);
    if (status === 'failed' || status === 'cancelled') throw runFailed(reached);
    this.underWay(run, status, reply);
  }

  private async answer(
    { status, value, rows }: PublishedAnswer,
    request: GatewayRequest,
    reply: FastifyReply,
  ): Promise<void> {
    void reply.header('cache-control', 'no-store');
    if (rows) {
      const download = rows.format === 'csv' ? { format: rows.format, fileName: 'response.csv' } : undefined;
      return this.rows.send(rows.handle, reply, { correlationId: request.id, download, status });
    }
    if (value === undefined) return void reply.status(status).send();
    void reply.status(status).type('application/json; charset=utf-8').send(JSON.stringify(value));
  }

  private underWay({ slug, runId }: PublishedRunRequest, status: string, reply: FastifyReply): void {
    const statusUrl = statusUrlOf(slug, runId);
    const body: PublishedStartedView = { runId, status, statusUrl };
    void reply.status(202).header('cache-control', 'no-store').header('location', statusUrl).send(body);
  }

  private stream(run: PublishedRunRequest, request: GatewayRequest, reply: FastifyReply): void {
    const states = this.waiting.states(run, reply.raw, () => this.keys.assertStill(request));
    const events = publishedEvents(states, statusUrlOf(run.slug, run.runId));
    void reply
      .status(200)
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store, no-transform')
      .header('x-accel-buffering', 'no')
      .header('connection', 'close')
      .send(Readable.from(events));
  }
}

const statusUrlOf = (slug: string, runId: string) => `/api/v1/published/${slug}/runs/${runId}`;
