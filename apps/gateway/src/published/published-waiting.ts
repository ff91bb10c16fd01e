import { Injectable } from '@nestjs/common';
import { type WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import type { PublishedRunReply, PublishedRunRequest } from '@snowflow/contracts/workflow/publication.dto';
import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { ServerResponse } from 'node:http';
import { Admission } from '../admission/admission';
import { RunNews } from '../runs/run-news';

/** A missed nudge must not cost the caller the whole wait. */
const LOOK_AGAIN_MS = 2_000;

/** Follows a called run. */
@Injectable()
export class PublishedWaiting {
  constructor(
    @InjectClient(workflowContract) private readonly workflows: Pick<WorkflowClient, 'publishedRun'>,
    private readonly news: RunNews,
    private readonly admission: Admission,
  ) {}

  /** How the run stands when it has ended, or when the time is over. */
  async ended(request: PublishedRunRequest, waitSeconds: number, client: ServerResponse): Promise<PublishedRunReply> {
    const endsAtMs = Date.now() + waitSeconds * 1000;
    this.admission.leave(client);
    const listening = await this.news.listenForEnd(request.runId);
    const leave = () => listening.close();
    closeWith(client, leave);
    try {
      for (;;) {
        const run = await this.workflows.publishedRun(request);
        const leftMs = endsAtMs - Date.now();
        if (isTerminal(run.status) || leftMs <= 0 || listening.isClosed) return run;
        await listening.next(Math.min(leftMs, LOOK_AGAIN_MS));
      }
    } finally {
      client.off('close', leave);
      listening.close();
    }
  }

  /**
   * How the run stands, at each look, until it has ended or the client is gone. Runs may take days: `mayStill` throws where the key was
   * taken away meanwhile.
   */
  async *states(
    request: PublishedRunRequest,
    client: ServerResponse,
    mayStill: () => Promise<void>,
  ): AsyncGenerator<PublishedRunReply> {
    const listening = await this.news.listen(request.runId);
    const leave = () => listening.close();
    closeWith(client, leave);
    try {
      while (!listening.isClosed) {
        await mayStill();
        const run = await this.workflows.publishedRun(request);
        yield run;
        if (isTerminal(run.status)) return;
        await listening.next(LOOK_AGAIN_MS);
      }
    } finally {
      client.off('close', leave);
      listening.close();
    }
  }
}

/** The client may have gone before anybody listened for that. */
function closeWith(client: ServerResponse, leave: () => void): void {
  if (client.destroyed || client.closed) leave();
  else client.once('close', leave);
}
