import { Injectable } from '@nestjs/common';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import type { PublishedRunReply, PublishedRunRequest } from '@snowflow/contracts/workflow/publication.dto';
import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { ServerResponse } from 'node:http';
import { RunNews } from '../runs/run-news';

/** A missed nudge must not cost the caller the whole wait. */
const LOOK_AGAIN_MS = 2_000;

/** Follows a called run. */
@Injectable()
export class PublishedWaiting {
  constructor(
    @InjectClient(workflowContract) private readonly workflows: WorkflowClient,
    private readonly news: RunNews,
  ) {}

  /** How the run stands when it has ended, or when the time is over. */
  async ended(request: PublishedRunRequest, waitSeconds: number, client: ServerResponse): Promise<PublishedRunReply> {
    const endsAtMs = Date.now() + waitSeconds * 1000;
    const listening = await this.news.listenForEnd(request.runId);
    const leave = () => listening.close();
    client.once('close', leave);
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

  /** Every state that the run is seen in, until it has ended or the client is gone. */
  async *states(request: PublishedRunRequest, client: ServerResponse): AsyncGenerator<PublishedRunReply> {
    const listening = await this.news.listen(request.runId);
    client.once('close', () => listening.close());
    try {
      let before = '';
      while (!listening.isClosed) {
        const run = await this.workflows.publishedRun(request);
        if (run.status !== before) yield run;
        if (isTerminal(run.status)) return;
        before = run.status;
        await listening.next(LOOK_AGAIN_MS);
      }
    } finally {
      listening.close();
    }
  }
}
