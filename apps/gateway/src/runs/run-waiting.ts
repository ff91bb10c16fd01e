import { Inject, Injectable } from '@nestjs/common';
import { WorkflowClient, workflowContract } from '@snowflow/contracts/workflow/workflow.contract';
import type { RunView } from '@snowflow/contracts/workflow/workflow.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import type { ServerResponse } from 'node:http';
import { Admission } from '../admission/admission';
import { RunNews } from './run-news';

/** A missed nudge must not cost the caller the whole wait. */
const LOOK_AGAIN_MS = 2_000;
/** Asked for what comes after it, the service says whether the run has ended and sends nothing of it. */
const AFTER_ALL_EVENTS = 2_147_483_647;

/** `Prefer: wait`: holds the answer until the run has ended, for a while. */
@Injectable()
export class RunWaiting {
  constructor(
    @InjectClient(workflowContract) private readonly workflows: WorkflowClient,
    @Inject(RunNews) private readonly news: RunNews,
    private readonly admission: Admission,
  ) {}

  /** The run if it ends in time; undefined where it does not, the client has gone, or nobody can tell: it was accepted all the same. */
  finished(runId: string, waitSeconds: number, client: ServerResponse): Promise<RunView | undefined> {
    return this.ended(runId, waitSeconds, client).catch(() => undefined);
  }

  private async ended(runId: string, waitSeconds: number, client: ServerResponse): Promise<RunView | undefined> {
    const endsAtMs = Date.now() + waitSeconds * 1000;
    this.admission.leave(client);
    const listening = await this.news.listenForEnd(runId);
    const leave = () => listening.close();
    client.once('close', leave);
    try {
      let hasNews = false;
      while (!listening.isClosed) {
        if (hasNews || (await this.hasEnded(runId))) return await this.workflows.getRun({ id: runId });
        const leftMs = endsAtMs - Date.now();
        if (leftMs <= 0) return undefined;
        hasNews = await listening.next(Math.min(leftMs, LOOK_AGAIN_MS));
      }
      return undefined;
    } finally {
      client.off('close', leave);
      listening.close();
    }
  }

  /** A whole run is large where its workflow is: it is read once, when it has ended. */
  private async hasEnded(id: string): Promise<boolean> {
    return (await this.workflows.events({ id, after: AFTER_ALL_EVENTS, limit: 1 })).ended;
  }
}
