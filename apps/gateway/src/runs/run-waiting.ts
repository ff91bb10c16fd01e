import { Inject, Injectable } from '@nestjs/common';
import { isTerminal, RunStatus } from '@snowflow/contracts/runs/run-state';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import type { RunView } from '@snowflow/contracts/workflow/workflow.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { ServerResponse } from 'node:http';
import { RunNews } from './run-news';

/** A missed nudge must not cost the caller the whole wait. */
const LOOK_AGAIN_MS = 2_000;

/** `Prefer: wait`: holds the answer until the run has ended, for a while. */
@Injectable()
export class RunWaiting {
  constructor(
    @InjectClient(workflowContract) private readonly workflows: WorkflowClient,
    @Inject(RunNews) private readonly news: RunNews,
  ) {}

  /** The run if it ends in time; undefined where it does not, the client has gone, or nobody can tell: it was accepted all the same. */
  finished(runId: string, waitSeconds: number, client: ServerResponse): Promise<RunView | undefined> {
    return this.ended(runId, waitSeconds, client).catch(() => undefined);
  }

  private async ended(runId: string, waitSeconds: number, client: ServerResponse): Promise<RunView | undefined> {
    const endsAtMs = Date.now() + waitSeconds * 1000;
    const listening = await this.news.listenForEnd(runId);
    const leave = () => listening.close();
    client.once('close', leave);
    try {
      while (!listening.isClosed) {
        const run = await this.workflows.getRun({ id: runId });
        if (isTerminal(run.status as RunStatus)) return run;
        const leftMs = endsAtMs - Date.now();
        if (leftMs <= 0) return undefined;
        await listening.next(Math.min(leftMs, LOOK_AGAIN_MS));
      }
      return undefined;
    } finally {
      client.off('close', leave);
      listening.close();
    }
  }
}
