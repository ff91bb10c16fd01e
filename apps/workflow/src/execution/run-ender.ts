import { Inject, Injectable, Logger } from '@nestjs/common';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { StepOutcome } from '@snowflow/engine/run/step-outcome';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { runInScope } from '@snowflow/transport/request-scope';
import { RunNews } from '../queue/run-news';
import type { RunRow } from '../runs/runs.repository';
import { type PinnedPlan, planOfNodes, readablePlan, runBinding } from '../runs/sealed-run';
import { SEALER } from '../sealer';
import { afterCancel, cutOffUnknown, sentUnknown } from './after-cancel';
import { LeasesRepository, type LeftOutside, type RunPast } from './leases.repository';
import { type HeldRun, RunRecordRepository, type StatementChange } from './run-record.repository';
import { RunRecorder } from './run-recorder';
import { sealFailure } from './sealed-failure';
import { sealOutcome } from './sealed-outcome';
import { stepAt } from './step-at';

const CANCEL_DEADLINE_MS = 3_000;
/** What a worker may have died of before it told it. */
const LEFT: ReadonlySet<string> = new Set(['succeeded', 'unknown']);

/** Ends a run that is leased here without executing it: its statements are cancelled, what became of its writes is asked, its nodes and its last event are written. */
@Injectable()
export class RunEnder {
  private readonly logger = new Logger(RunEnder.name);

  constructor(
    private readonly leases: LeasesRepository,
    private readonly records: RunRecordRepository,
    private readonly news: RunNews,
    @Inject(SEALER) private readonly sealer: Sealer,
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
  ) {}

  async cancel(held: HeldRun): Promise<void> {
    const run = await this.leases.find(held);
    if (run) await this.end(held, run);
  }

  /** The run is what stops its workers: nobody takes it up any more. */
  async park(held: HeldRun, run: RunRow, attempts: number): Promise<void> {
    await this.end(
      held,
      run,
      new AppError(
        'RUN_PARKED',
        `The run was taken up ${attempts} times, and each time its worker stopped before a step had finished, so it is not tried again. ` +
          'It may need more memory than a worker has: make its steps smaller. Look at the tables that it writes, then run it anew; if it stays, tell the operator.',
      ),
    );
  }

  private async end(held: HeldRun, run: RunRow, failure?: AppError): Promise<void> {
    const { tenant_id: tenantId, session_id: sessionId, owner_id: userId, correlation_id: correlationId } = run;
    // A worker that only seemed dead would see its statements cancelled, and tell that as their failure; or send one that nobody cancels.
    await this.leases.shutOut(held);
    const past = await this.leases.past(tenantId, run.id);
    const pinned = this.planOf(run, past);
    const recorder = new RunRecorder(this.records, held, pinned.plan, past.nodes, {
      written: (lastSeq, ended) => this.news.tell(run.id, lastSeq, ended),
      broken: () => undefined,
    });
    await runInScope({ context: { tenantId, sessionId, userId, correlationId, runId: run.id } }, async () => {
      const told = new Set(past.outcomes.map(({ step }) => step));
      const untold = <Left extends { step: string; state: string }>(left: Left[]) =>
        left.filter(({ step, state }) => state === 'sent' || (LEFT.has(state) && !told.has(step)));
      await Promise.all(untold(past.statements).map((one) => this.endStatement(one, run, pinned, recorder)));
      for (const one of untold(await this.leases.leftOutside(tenantId, run.id)))
        this.endOutside(one, run, pinned, recorder);
      if (failure) await recorder.finish('failed', sealFailure(this.sealer, tenantId, failure));
      else await recorder.finish('cancelled');
      await this.connections.release({ runId: run.id }).catch(() => undefined);
    });
  }

  /** One whose plan nobody can open any more, as its key is gone, ends too: nothing is told of its steps. */
  private planOf({ id, tenant_id: tenantId, sealed_plan: sealed }: RunRow, { nodes }: RunPast): PinnedPlan {
    const pinned = readablePlan(this.sealer, tenantId, sealed);
    if (pinned) return pinned;
    this.logger.error({ msg: 'The plan of a run that is to end can not be opened: look at the key ring', runId: id });
    return planOfNodes(nodes.map(({ node_id }) => node_id));
  }

  /** A write that was applied before the cancel came has succeeded, whatever became of its run. */
  private async endStatement(
    entry: StatementChange,
    { tenant_id: tenantId, context }: RunRow,
    pinned: PinnedPlan,
    recorder: RunRecorder,
  ): Promise<void> {
    if (entry.state === 'sent') await this.cancelStatement(entry);
    const { step, root } = stepAt(pinned, entry.step) ?? {};
    if (step?.kind !== 'write' || !root) return;
    const known = entry.state === 'sent' ? await afterCancel(this.connections, entry, context) : entry;
    if (known.state === 'sent') {
      recorder.stepFailed(root, sealFailure(this.sealer, tenantId, cutOffUnknown(), root.endsAt));
      return;
    }
    recorder.statement(known);
    if (known.state !== 'succeeded' || !known.query_id) return;
    const outcome: StepOutcome = {
      state: 'succeeded',
      ms: 0,
      ref: known.query_id,
      rowCount: known.outcome?.rowsAffected,
    };
    recorder.outcome(sealOutcome(this.sealer, tenantId, entry.step, outcome));
    if (step === root) recorder.stepFinished(step, outcome);
  }

  /** A message that was taken has been sent, whatever became of its run; of others nobody can tell. */
  private endOutside(
    { step: id, state, sealed_response: sealed }: LeftOutside,
    { tenant_id: tenantId }: RunRow,
    pinned: PinnedPlan,
    recorder: RunRecorder,
  ): void {
    const { step, root } = stepAt(pinned, id) ?? {};
    if (!step || !root) return;
    if (state !== 'succeeded' || sealed === null) {
      recorder.stepFailed(root, sealFailure(this.sealer, tenantId, sentUnknown(), root.endsAt));
      return;
    }
    const value = JSON.parse(this.sealer.open(sealed, runBinding(tenantId))) as StepValue;
    const outcome: StepOutcome = { state: 'succeeded', ms: 0, value };
    recorder.outcome(sealOutcome(this.sealer, tenantId, id, outcome));
    if (step === root) recorder.stepFinished(step, outcome);
  }

  /** Best effort: a statement that can't be reached ends by its own timeout. */
  private async cancelStatement({ query_id, request_id }: StatementChange): Promise<void> {
    const target = query_id ? { queryId: query_id } : { requestId: request_id };
    await this.connections.cancel(target, { deadlineMs: CANCEL_DEADLINE_MS }).catch(() => undefined);
  }
}
