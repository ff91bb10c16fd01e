import { Inject, Injectable, Logger } from '@nestjs/common';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { runFlow } from '@snowflow/engine/compile/compile-flow';
import { flowOf } from '@snowflow/engine/compile/flow-of-plan';
import type { DecidedSteps, FlowResult } from '@snowflow/engine/run/flow-result';
import type { StepResult } from '@snowflow/engine/run/step-outcome';
import type { Message } from '@snowflow/nodes/kit/action-node';
import { StoreAway } from '@snowflow/platform/postgres/store-away';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { runInScope } from '@snowflow/transport/request-scope';
import { RunBudgets } from '../budget/run-budgets';
import { RunNews } from '../queue/run-news';
import type { RunRow } from '../runs/runs.repository';
import { openPlan, type PinnedPlan } from '../runs/sealed-run';
import { SEALER } from '../sealer';
import { type LeasedRun, LeasesRepository, type RunPast } from './leases.repository';
import { CancelRequested, LeaseLost, RunInterruption, StoreTrouble, WorkerStopping } from './run-interruptions';
import { Deliveries } from '../notifications/deliveries';
import { ROWS_ORIGINS, RowsReader } from './rows-reader';
import { RunRecordRepository } from './run-record.repository';
import { RunRecorder } from './run-recorder';
import { ReturnedPerson } from './returned-person';
import { RunActionPorts } from './run-action-ports';
import { executeStep, type RunSteps } from './run-step';
import { describe, sealFailure } from './sealed-failure';
import { decidedSteps } from './sealed-outcome';
import { RunJournal } from './run-journal';
import { RunningRun } from './running-run';
import { SessionHold } from './session-hold';
import { StatementStatistics } from './statement-statistics';
import { StatementRunner } from './statement-runner';
import { StepTelling } from './step-telling';
import { WaitsRepository } from './waits.repository';

const NO_PAST: RunPast = { nodes: [], statements: [], outcomes: [], hasWaited: false, restedMs: 0 };

/** What became of a lease: the run has ended or rests here, is another worker's, or is to be taken up again. */
export type Execution = 'ended' | 'lost' | 'unfinished';

/** Executes a leased run to its end, writing what happens as it happens. */
@Injectable()
export class RunExecutor {
  private readonly logger = new Logger(RunExecutor.name);
  private readonly statements: StatementRunner;

  constructor(
    private readonly leases: LeasesRepository,
    private readonly records: RunRecordRepository,
    private readonly waits: WaitsRepository,
    private readonly news: RunNews,
    private readonly returned: ReturnedPerson,
    private readonly deliveries: Deliveries,
    @Inject(ROWS_ORIGINS) private readonly rowsOrigins: readonly string[],
    @Inject(SEALER) private readonly sealer: Sealer,
    private readonly budgets: RunBudgets,
    statistics: StatementStatistics,
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
  ) {
    this.statements = new StatementRunner(connections, statistics);
  }

  async execute(lease: LeasedRun, running: RunningRun): Promise<Execution> {
    const { run } = lease;
    const { control } = running;
    const { tenant_id: tenantId, session_id: sessionId, owner_id: userId, correlation_id: correlationId } = run;
    return runInScope({ context: { tenantId, sessionId, userId, correlationId } }, async () => {
      const hold = new SessionHold(this.connections, run.id, control.signal);
      try {
        await this.executeInScope(lease, hold, running);
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

  private async executeInScope({ run, fence }: LeasedRun, hold: SessionHold, running: RunningRun): Promise<void> {
    const { control } = running;
    const { tenant_id: tenantId, id: runId } = run;
    const pinned = openPlan(this.sealer, tenantId, run.sealed_plan);
    const past = fence > 1 || run.based_on !== null ? await this.leases.past(tenantId, runId) : NO_PAST;
    const recorder = new RunRecorder(this.records, { tenantId, runId, fence }, pinned.plan, past.nodes, {
      written: (lastSeq, ended) => this.news.tell(runId, lastSeq, ended),
      broken: (error) => control.abort(error instanceof RunInterruption ? error : new StoreTrouble(error)),
    });
    if (run.status !== 'running') recorder.runStarted();
    const rows = new RowsReader(run, this.sealer, this.rowsOrigins, control.signal);
    const shared: RunSteps = {
      run,
      pinned,
      journal: new RunJournal(past.statements),
      recorder,
      runner: this.statements,
      hold,
      budget: this.budgets.open(run, past, control.signal),
      waited: past.hasWaited,
      portsFor: (step, attempt) => {
        const at = { tenantId, runId, step: step.id };
        const deliver = (message: Message) =>
          this.deliveries.deliver(message, { ...at, fence, attempt }, control.signal);
        return RunActionPorts.of(this.waits, this.sealer, at, { rows, deliver });
      },
    };
    const result = await this.runFlow(shared, decidedSteps(this.sealer, tenantId, past.outcomes), running);
    await this.finish(run, pinned, result, recorder, control.signal);
  }

  private async runFlow(
    shared: RunSteps,
    decided: DecidedSteps,
    { control, patience }: RunningRun,
  ): Promise<FlowResult> {
    const { run, recorder } = shared;
    const { plan } = shared.pinned;
    const underway = new Set<Promise<StepResult>>();
    const telling = new StepTelling(recorder, this.sealer, run.tenant_id, plan.steps.length === 1);
    try {
      return await runFlow(flowOf(plan), {
        signal: control.signal,
        patience,
        decided,
        errorValue: (error) => {
          const { code, message } = describe(error);
          return { code, message };
        },
        handler: ({ planned }, context) => {
          const work = executeStep(planned, { ...context, signal: control.signal }, shared).catch((error: unknown) => {
            // No failure of the step: its run is taken up again where its records can be read and written.
            if (error instanceof StoreAway) control.abort(new StoreTrouble(error));
            throw error;
          });
          underway.add(work);
          return work;
        },
        events: telling.events,
      });
    } finally {
      // A cancelled run ends only after its statements were told.
      await Promise.allSettled(underway);
    }
  }

  private async finish(
    run: RunRow,
    { plan }: PinnedPlan,
    result: FlowResult,
    recorder: RunRecorder,
    signal: AbortSignal,
  ): Promise<void> {
    if (signal.aborted && !(signal.reason instanceof CancelRequested)) throw signal.reason;
    if (result.state === 'aborted') return recorder.finish('cancelled');
    if (result.state === 'waiting') return this.rest(run, result.pauses, recorder);
    const [failure] = result.failures;
    if (!failure) return recorder.finish('succeeded');
    const nodeId = plan.steps.find(({ id }) => id === failure.step)?.endsAt;
    await recorder.finish('failed', sealFailure(this.sealer, run.tenant_id, failure.error, nodeId));
  }

  private async rest(run: RunRow, pauses: FlowResult['pauses'], recorder: RunRecorder): Promise<void> {
    await recorder.rest(firstMoment(pauses));
    if (pauses.some(({ wait }) => wait.for === 'session')) await this.returned.goOn(run);
  }
}

/** When the first of the waiting steps is to be looked at again by itself. */
function firstMoment(pauses: FlowResult['pauses']): Date | null {
  const moments = pauses.flatMap(({ wait }) => wait.until ?? []).map((moment) => moment.getTime());
  return moments.length === 0 ? null : new Date(Math.min(...moments));
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
