import { Injectable } from '@nestjs/common';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Done } from '@snowflow/contracts/rpc/nothing';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { WorkflowStore } from '../database/workflow-store';
import { RunWaker } from '../queue/run-waker';
import { ScratchSweep } from '../scratch/scratch-sweep';
import { RunsRepository } from './runs.repository';
import { RunsService } from './runs.service';

/** For how long runs in the queue keep a closing session open. A worker that takes one up holds it for as long as it goes on. */
const QUEUE_HOLD_MS = 1_800_000;

/** What becomes of all that a sign-in has under way when its person signs out. */
@Injectable()
export class SessionRunsService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly store: WorkflowStore,
    private readonly repository: RunsRepository,
    private readonly runs: RunsService,
    private readonly waker: RunWaker,
    private readonly sweep: ScratchSweep,
  ) {}

  cancelAll(): Promise<Done> {
    return this.forEach(async (runId) => {
      await this.runs.cancel(runId).catch((error: unknown) => {
        if (!(error instanceof AppError && error.code === 'RUN_ENDED')) throw error;
      });
    });
  }

  /** They go on to their end, those in the queue too, although their person has signed out by then. */
  holdAll(): Promise<Done> {
    return this.forEach((runId) => this.connections.hold({ runId, leaseMs: QUEUE_HOLD_MS }));
  }

  /**
   * Runs of the person that wait for them to sign in go on in this session, under the context they began with; and what tables earlier
   * runs of theirs left are dropped.
   */
  async resumeAll(): Promise<Done> {
    const person = currentPerson();
    const runs = await this.store.statement(person.tenantId, this.repository.resumption(person));
    for (const { id } of runs) this.waker.tellNews(id);
    // Snowflake may take its time over them, and nobody waits for it.
    void this.sweep.ofPerson(person);
    return { done: true };
  }

  private async forEach(work: (runId: string) => Promise<unknown>): Promise<Done> {
    const person = currentPerson();
    const runs = await this.store.statement(person.tenantId, this.repository.underWay(person));
    await Promise.all(runs.map(({ id }) => work(id)));
    return { done: true };
  }
}
