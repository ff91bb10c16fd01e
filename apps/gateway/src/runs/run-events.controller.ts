import { Controller, Get, Headers, Inject, Param, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { RequestContext } from '@snowflow/contracts/sessions/request-context';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import { SessionStore } from '@snowflow/platform/sessions/session-store';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { FastifyReply } from 'fastify';
import { OpaqueIdPipe } from '../input/opaque-id.pipe';
import { ApiGuarded } from '../openapi/guarded.decorator';
import { ApiProblems } from '../openapi/responses.decorator';
import { Context } from '../scope/person';
import { PAGE_SIZE, runEventStream } from './run-event-stream';
import { OpenStreams } from './open-streams';
import { RunNews } from './run-news';
import { SpokenTexts } from './spoken-texts';

@ApiTags('runs')
@ApiGuarded()
@Controller('runs')
export class RunEventsController {
  constructor(
    @InjectClient(workflowContract) private readonly workflows: WorkflowClient,
    @Inject(RunNews) private readonly news: RunNews,
    private readonly sessions: SessionStore,
    private readonly spoken: SpokenTexts,
    private readonly streams: OpenStreams,
  ) {}

  @Get(':id/events')
  @ApiOperation({ operationId: 'runEvents', summary: 'What happens in a run, live; ends after its last event' })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Go on after this sequence number' })
  @ApiProduces('text/event-stream')
  @ApiResponse({ status: 200, content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ApiProblems('NOT_FOUND', 'THROTTLED')
  async events(
    @Param('id', new OpaqueIdPipe('run')) runId: string,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Context() context: RequestContext,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const after = sequenceOf(lastEventId);
    const ended = this.streams.open(context.sessionId ?? '');
    reply.raw.once('close', ended);
    if (reply.raw.destroyed) ended();
    const listening = await this.news.listen(runId);
    reply.raw.once('close', () => listening.close());
    try {
      const first = await this.workflows.events({ id: runId, after, limit: PAGE_SIZE });
      void reply
        .status(200)
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store, no-transform')
        .header('x-accel-buffering', 'no')
        // A connection kept for later would hold up the gateway's stop after the stream has ended.
        .header('connection', 'close')
        .send(
          runEventStream({
            runId,
            context,
            workflows: this.workflows,
            listening,
            first,
            after,
            opened: (sealed) => this.spoken.open(sealed, context.tenantId ?? '', runId),
            isSignedIn: async () => (await this.sessions.find(context.sessionId ?? '')) !== undefined,
          }),
        );
    } catch (error) {
      listening.close();
      throw error;
    }
  }
}

function sequenceOf(lastEventId: string | undefined): number {
  if (lastEventId === undefined || lastEventId === '') return 0;
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId);
  throw new AppError('VALIDATION', 'The Last-Event-ID header is not valid.', {
    errors: [{ path: 'Last-Event-ID', message: 'Give the id of the last event you have' }],
  });
}
