import { Inject, Injectable, Logger } from '@nestjs/common';
import { SpanKind } from '@opentelemetry/api';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { runFlow } from '@snowflow/engine/compile/compile-flow';
import { flowOf } from '@snowflow/engine/compile/flow-of-plan';
import type { FlowResult } from '@snowflow/engine/run/flow-result';
import { Semaphore } from '@snowflow/engine/run/semaphore';
import type { StepResult } from '@snowflow/engine/run/step-outcome';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import type { ActionPorts } from '@snowflow/nodes/kit/action-node';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { runInScope } from '@snowflow/transport/request-scope';
import { ATTRIBUTE, contextOf, inSpan } from '@snowflow/transport/spans';
import { AgentsOfRuns } from '../agents/agents-of-runs';
import { RunBudgets } from '../budget/run-budgets';
import { CortexOfRuns } from '../cortex/cortex-of-runs';
import { ModelsOfRuns } from '../models/models-of-runs';
import { PolicyGate } from '../policies/policy-gate';
import { RunNews } from '../queue/run-news';
import type { RunRow } from '../runs/runs.repository';
import { openPlan, type PinnedPlan } from '../runs/sealed-run';
import { keepsTables, ScratchSweep } from '../scratch/scratch-sweep';
import { ScratchTables } from '../scratch/scratch-tables';
import { SEALER } from '../sealer';
import { CallBudget } from './call-budget';
import { firstMoment } from './first-moment';
import { type LeasedRun, LeasesRepository, type RunPast } from './leases.repository';
import { ownScope, type PlanScope } from './plan-scope';
import { ResultRows } from './result-rows';
import { CancelRequested, LeaseLost, RunInterruption, StoreTrouble, WorkerStopping } from './run-interruptions';
import { OutsideGate } from '../outside/outside-gate';
import { TagGuard } from '../outside/tag-guard';
import { Deliveries } from '../notifications/deliveries';
import { RunRecordRepository } from './run-record.repository';
import { RunRecorder } from './run-recorder';
import { ReturnedPerson } from './returned-person';
import { RunActionPorts } from './run-action-ports';
import { executeStep, type RunningAction, type RunSteps } from './run-step';
import { errorValueOf, sealFailure } from './sealed-failure';
import { decidedSteps } from './sealed-outcome';
import { RunJournal } from './run-journal';
import { RunningRun } from './running-run';
import { SessionHold } from './session-hold';
import { StatementStatistics } from './statement-statistics';
import { StatementRunner } from './statement-runner';
import { StepMemory } from './step-memory';
import { StepTelling } from './step-telling';
import { SubWorkflowCalls } from './sub-workflow-calls';
import { WaitsRepository } from './waits.repository';
import { whatEnded } from './what-ended';

/** Statements of a run at once. */
const MOST_STATEMENTS = 32;

const NO_PAST: RunPast = { nodes: [], statements: [], outcomes: [], hasWaited: false, modelCalls: [], restedMs: 0 };

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
    private readonly outside: OutsideGate,
    private readonly tags: TagGuard,
    private readonly rows: ResultRows,
    private readonly models: ModelsOfRuns,
    private readonly agents: AgentsOfRuns,
    private readonly cortex: CortexOfRuns,
    private readonly parser: SqlParser,
    @Inject(SEALER) private readonly sealer: Sealer,
    private readonly budgets: RunBudgets,
    private readonly policies: PolicyGate,
    private readonly tables: ScratchTables,
    private readonly sweep: ScratchSweep,
    statistics: StatementStatistics,
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
  ) {
    this.statements = new StatementRunner(connections, statistics);
  }

  async execute(lease: LeasedRun, running: RunningRun): Promise<Execution> {
    const { run } = lease;
    const { control } = running;
    const { tenant_id: tenantId, session_id: sessionId, owner_id: userId, correlation_id: correlationId } = run;
    return runInScope({ context: { tenantId, sessionId, userId, correlationId, runId: run.id } }, async () => {
      const hold = new SessionHold(this.connections, run.id, control.signal);
      try {
        await this.traced(lease, hold, running);
        hold.letGo();
        return 'ended';
      } catch (error) {
        const reason: unknown = control.signal.aborted ? control.signal.reason : error;
        if (reason instanceof LeaseLost || error instanceof LeaseLost) return 'lost';
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

  /** In the trace in which the run was asked for, however long ago, on whichever worker. */
  private async traced({ run, fence }: LeasedRun, hold: SessionHold, running: RunningRun): Promise<void> {
    const pinned = openPlan(this.sealer, run.tenant_id, run.sealed_plan);
    const attributes = { [ATTRIBUTE.tenant]: run.tenant_id, [ATTRIBUTE.run]: run.id };
    const about = { kind: SpanKind.CONSUMER, attributes, parent: contextOf(pinned.traceparent) };
    await inSpan('run', about, () => this.executeInScope({ run, fence }, pinned, hold, running));
  }

  private async executeInScope(
    { run, fence }: Pick<LeasedRun, 'run' | 'fence'>,
    pinned: PinnedPlan,
    hold: SessionHold,
    running: RunningRun,
  ): Promise<void> {
    const { control } = running;
    const { tenant_id: tenantId, id: runId } = run;
    // What an earlier worker wrote after it was read would be done twice.
    if (fence > 1) await this.leases.shutOut({ tenantId, runId, fence });
    const past = fence > 1 || run.based_on !== null ? await this.leases.past(tenantId, runId) : NO_PAST;
    const recorder = new RunRecorder(this.records, { tenantId, runId, fence }, pinned.plan, past.nodes, {
      written: (lastSeq, ended) => this.news.tell(runId, lastSeq, ended),
      broken: (error) => control.abort(error instanceof RunInterruption ? error : new StoreTrouble(error)),
    });
    if (run.status !== 'running') recorder.runStarted();
    const shared = this.sharedBy({ run, fence }, past, recorder, hold, control);
    const result = await this.runFlow(shared, ownScope(pinned), running);
    await this.finish(run, pinned, result, recorder, control.signal);
    if (keepsTables(run, pinned)) await this.sweep.afterRun(run);
  }

  private sharedBy(
    { run, fence }: Pick<LeasedRun, 'run' | 'fence'>,
    past: RunPast,
    recorder: RunRecorder,
    hold: SessionHold,
    control: AbortController,
  ): RunSteps {
    const tenantId = run.tenant_id;
    const shared: RunSteps = {
      run,
      journal: new RunJournal(past.statements),
      recorder,
      runner: this.statements,
      hold,
      budget: this.budgets.open(run, past, control.signal),
      policies: this.policies,
      mayRest: async () => past.hasWaited || this.returned.isNotNeeded(run),
      sealer: this.sealer,
      memory: new StepMemory(recorder, this.sealer, tenantId, decidedSteps(this.sealer, tenantId, past.outcomes)),
      calls: new CallBudget(),
      tables: this.tables,
      parser: this.parser,
      places: new Semaphore(MOST_STATEMENTS),
      interrupt: (reason) => control.abort(reason),
      portsFor: (action) => this.portsFor(action, shared, fence),
    };
    return shared;
  }

  /** Waits, messages and calls of a step are kept by its id among all steps of the run, so none is taken for another's. */
  private async portsFor(action: RunningAction, shared: RunSteps, fence: number): Promise<ActionPorts> {
    const { step, scope, attempt, signal } = action;
    const { run } = shared;
    const at = { tenantId: run.tenant_id, runId: run.id, step: scope.prefix + step.id };
    // A run that is still told as queued is cancelled as one that has done nothing.
    await shared.recorder.flush();
    await this.tags.check(run, scope.plan, step.endsAt).catch((error: unknown) => whatEnded(error, shared.mayRest));
    return RunActionPorts.of(this.waits, this.sealer, at, {
      agents: this.agents.of(action, shared, fence),
      cortex: this.cortex.of(run),
      models: this.models.of(run, { ...at, fence }, (tokens) => shared.budget.admitTokens(tokens, scope.calls)),
      outside: this.outside.of({
        ...at,
        nodeId: step.endsAt,
        ownerName: run.owner_name,
        fence,
        isCalled: scope.prefix !== '',
      }),
      workflows: new SubWorkflowCalls(shared, scope, step, signal),
      readRows: (queryId, maxRows) => this.rows.first(run, queryId, maxRows, signal),
      deliver: (message) => this.deliveries.deliver(message, { ...at, fence, attempt }, signal),
    });
  }

  private async runFlow(shared: RunSteps, scope: PlanScope, { control, patience }: RunningRun): Promise<FlowResult> {
    const { run, recorder, memory } = shared;
    const { plan } = scope;
    const underway = new Set<Promise<StepResult>>();
    const telling = new StepTelling(recorder, this.sealer, run.tenant_id, plan.steps.length === 1);
    try {
      return await runFlow(flowOf(plan), {
        signal: control.signal,
        patience,
        decided: memory.decidedOf(scope),
        errorValue: (error) => errorValueOf(this.sealer, run.tenant_id, error),
        handler: ({ planned }, context) => {
          const work = executeStep(planned, { ...context, signal: control.signal }, shared, scope);
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
    await recorder.rest(firstMoment(pauses.map(({ wait }) => wait)) ?? null);
    if (pauses.some(({ wait }) => wait.for === 'session')) await this.returned.goOn(run);
  }
}

const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);
