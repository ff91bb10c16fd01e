import { Inject, Injectable, Logger } from '@nestjs/common';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { runFlow } from '@snowflow/engine/compile/compile-flow';
import { flowOf } from '@snowflow/engine/compile/flow-of-plan';
import type { FlowResult } from '@snowflow/engine/run/flow-result';
import type { StepResult } from '@snowflow/engine/run/step-outcome';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { runInScope } from '@snowflow/transport/request-scope';
import { WorkflowStore } from '../database/workflow-store';
import { RunNews } from '../queue/run-news';
import { openPlan, type PinnedPlan } from '../runs/sealed-run';
import { SEALER } from '../sealer';
import { type LeasedRun, LeasesRepository } from './leases.repository';
import { CancelRequested, LeaseLost, RunInterruption, StoreTrouble, WorkerStopping } from './run-interruptions';
import { RunRecordRepository } from './run-record.repository';
import { RunRecorder } from './run-recorder';
import { sealedCheckpoints } from './sealed-checkpoints';
import { sealFailure } from './sealed-failure';
import { SessionHold } from './session-hold';
import { StatementRunner } from './statement-runner';
import { executeStatement, type RunStatements } from './statement-step';

/** What became of a lease: the run has ended here, is another worker's, or is to be taken up again. */
export type Execution = 'ended' | 'lost' | 'unfinished';

/** Executes a leased run to its end, writing what happens as it happens. */
@Injectable()
export class RunExecutor {
  private readonly logger = new Logger(RunExecutor.name);
  private readonly statements: StatementRunner;

  constructor(
    private readonly store: WorkflowStore,
    private readonly leases: LeasesRepository,
    private readonly records: RunRecordRepository,
    private readonly news: RunNews,
    @Inject(SEALER) private readonly sealer: Sealer,
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
  ) {
    this.statements = new StatementRunner(connections);
  }

  /** `control` is aborted with a RunInterruption from outside, or from here when nothing can be written any more. */
  async execute(lease: LeasedRun, control: AbortController): Promise<Execution> {
    const { run } = lease;
    const { tenant_id: tenantId, session_id: sessionId, owner_id: userId, correlation_id: correlationId } = run;
    return runInScope({ context: { tenantId, sessionId, userId, correlationId } }, async () => {
      const hold = new SessionHold(this.connections, run.id, control.signal);
      try {
        await this.executeInScope(lease, hold, control);
        hold.letGo();
        return 'ended';
      } catch (error) {
        const reason: unknown = control.signal.aborted ? control.signal.reason : error;
        if (reason instanceof LeaseLost) return 'lost';
        if (!(reason instanceof WorkerStopping)) {
          this.logger.error({
            msg: 'A run could not go on here',
            runId: run.id,
            correlationId,
            reason: nameOf(reason),
          });
        }
        return 'unfinished';
      } finally {
        hold.stop();
      }
    });
  }

  private async executeInScope({ run, fence }: LeasedRun, hold: SessionHold, control: AbortController): Promise<void> {
    const { tenant_id: tenantId, id: runId } = run;
    const pinned = openPlan(this.sealer, tenantId, run.sealed_plan);
    const past = fence > 1 ? await this.leases.past(tenantId, runId) : { nodes: [], statements: [] };
    const recorder = new RunRecorder(this.records, { tenantId, runId, fence }, pinned.plan, past.nodes, {
      written: (lastSeq, ended) => this.news.tell(runId, lastSeq, ended),
      broken: (error) => control.abort(error instanceof RunInterruption ? error : new StoreTrouble(error)),
    });
    if (run.status === 'queued') recorder.runStarted();
    const shared = { run, pinned, past: past.statements, recorder, runner: this.statements, hold };
    const result = await this.runFlow(shared, control);
    await this.finish(tenantId, pinned, result, recorder, control.signal);
  }

  private async runFlow(shared: RunStatements, control: AbortController): Promise<FlowResult> {
    const { run, recorder } = shared;
    const { plan } = shared.pinned;
    const underway = new Set<Promise<StepResult>>();
    const isOnlyStep = plan.steps.length === 1;
    const flow = flowOf(plan);
    try {
      return await runFlow(flow, {
        signal: control.signal,
        // With one step the run's own rows say all that a checkpoint would: the statement's journal, then the end.
        checkpoints: isOnlyStep
          ? undefined
          : { saver: sealedCheckpoints(this.store.pool, this.sealer, run.tenant_id), threadId: run.id },
        handler: ({ planned }, { inputs }) => {
          const work = executeStatement(planned, inputs, shared, control.signal);
          underway.add(work);
          return work;
        },
        events: {
          started: ({ planned }, attempt) => recorder.stepStarted(planned, attempt),
          // What is left to write of a run's only step goes with the run's end.
          finished: async ({ planned }, outcome) => {
            recorder.stepFinished(planned, outcome);
            if (!isOnlyStep) await recorder.flush();
          },
          failed: async ({ planned }, error) => {
            recorder.stepFailed(planned, sealFailure(this.sealer, run.tenant_id, error));
            if (!isOnlyStep) await recorder.flush();
          },
        },
      });
    } finally {
      // A cancelled run ends only after its statements were told.
      await Promise.allSettled(underway);
    }
  }

  private async finish(
    tenantId: string,
    { plan }: PinnedPlan,
    result: FlowResult,
    recorder: RunRecorder,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted && !(signal.reason instanceof CancelRequested)) throw signal.reason;
    if (result.state === 'aborted') return recorder.finish('cancelled');
    const [failure] = result.failures;
    if (!failure) return recorder.finish('succeeded');
    const nodeId = plan.steps.find(({ id }) => id === failure.step)?.endsAt;
    await recorder.finish('failed', sealFailure(this.sealer, tenantId, failure.error, nodeId));
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
