import type { INestApplicationContext } from '@nestjs/common';
import type { RunEvent, RunRequest, RunView } from '@snowflow/contracts/workflow/workflow.dto';
import type { ApprovalView, DecisionBody } from '@snowflow/contracts/workflow/approvals.dto';
import { sql } from 'kysely';
import { WorkflowStore } from '../database/workflow-store';
import { LeaseTaker } from '../execution/lease-taker';
import { RunWorker } from '../execution/run-worker';
import { ApprovalsService } from '../runs/approvals.service';
import { RunStartService } from '../runs/run-start.service';
import { RunsService } from '../runs/runs.service';
import type { Person, WorkflowBench } from './workflow-bench';

const TERMINAL = new Set(['run.succeeded', 'run.failed', 'run.cancelled']);

/** Starts, steers and watches runs on a bench, for specs. */
export class RunPilot {
  private readonly runs: RunsService;
  private readonly store: WorkflowStore;

  constructor(
    private readonly bench: WorkflowBench,
    private readonly runner: Person,
  ) {
    this.runs = bench.service.get(RunsService);
    this.store = bench.service.get(WorkflowStore);
  }

  async start(request: RunRequest, who = this.runner): Promise<string> {
    return (await this.bench.as(who, () => this.bench.service.get(RunStartService).start(request))).runId;
  }

  async retry(runId: string, key?: string): Promise<string> {
    const retrying = () => this.bench.service.get(RunStartService).retry(runId);
    return (await this.bench.as(this.runner, retrying, key)).runId;
  }

  ended(runId: string): Promise<RunView> {
    return this.bench.ended(this.runner, runId);
  }

  runToEnd(request: RunRequest): Promise<RunView> {
    return this.start(request).then((runId) => this.ended(runId));
  }

  get(runId: string): Promise<RunView> {
    return this.bench.as(this.runner, () => this.runs.get(runId));
  }

  async cancel(runId: string): Promise<void> {
    await this.bench.as(this.runner, () => this.runs.cancel(runId));
  }

  async approvalsOf(who: Person): Promise<ApprovalView[]> {
    return (await this.bench.as(who, () => this.bench.service.get(ApprovalsService).list({ limit: 200 }))).items;
  }

  async decide(who: Person, id: string, nodeId: string, body: Partial<DecisionBody> = {}): Promise<void> {
    const request = { decision: 'approve' as const, ...body, id, nodeId };
    await this.bench.as(who, () => this.bench.service.get(ApprovalsService).decide(request));
  }

  /** The run as soon as it is so. */
  async once(runId: string, isSo: (run: RunView) => boolean): Promise<RunView> {
    for (const giveUpAt = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 15))) {
      const run = await this.get(runId);
      if (isSo(run)) return run;
      if (run.finishedAt || Date.now() > giveUpAt) {
        throw new Error(
          `It did not come true: ${run.status} ${JSON.stringify(run.nodes)} ${JSON.stringify(run.error)}`,
        );
      }
    }
  }

  /** The run as soon as it rests. */
  resting(runId: string): Promise<RunView> {
    return this.once(runId, ({ status }) => status === 'waiting');
  }

  nodeIs(runId: string, node: string, status: string): Promise<RunView> {
    return this.once(runId, ({ nodes }) => nodes[node]?.status === status);
  }

  /** Every event there is; throws where the numbers have a gap, or a run that ended did not end once and last. */
  async story(runId: string): Promise<RunEvent[]> {
    const { events, ended } = await this.bench.as(this.runner, () =>
      this.runs.events({ id: runId, after: 0, limit: 1_000 }),
    );
    const gap = events.find(({ data }, index) => data.seq !== index + 1);
    if (gap) throw new Error(`The events have a gap before ${gap.data.seq}`);
    const ends = events.flatMap(({ type }, index) => (TERMINAL.has(type) ? [index] : []));
    if (ended && (ends.length !== 1 || ends[0] !== events.length - 1)) {
      throw new Error(`It did not end once, at its end: ${events.map(({ type }) => type).join(' ')}`);
    }
    return events;
  }

  /** The time passes: what the run waits for began so many minutes earlier, and is looked at now. */
  async minutesPass(runId: string, minutes: number): Promise<void> {
    const earlier = sql`${minutes} * interval '1 minute'`;
    await this.store.statement(
      this.runner.tenantId,
      sql`UPDATE workflow.waits SET began_at = began_at - ${earlier}, until = until - ${earlier} WHERE run_id = ${runId}`,
    );
    await sql`UPDATE workflow.run_queue SET leased_until = leased_until - ${earlier}
              WHERE run_id = ${runId} AND leased_until < 'infinity'`.execute(this.store.acrossTenants);
  }

  /** The worker falls silent: it takes nothing more, and its lease on the run runs out as if its heartbeat had stopped. */
  async silence(worker: INestApplicationContext, runId: string): Promise<void> {
    worker.get(LeaseTaker).next = () => Promise.resolve(undefined);
    await worker.get(RunWorker).worker.close(true);
    await sql`UPDATE workflow.run_queue SET leased_by = 'nobody', leased_until = now() - interval '1 second'
              WHERE run_id = ${runId}`.execute(this.store.acrossTenants);
  }

  /** When the run is looked at again by itself; nothing where only news brings it on. */
  async looksAgainAt(runId: string): Promise<Date | undefined> {
    const { rows } = await sql<{ at: Date | null }>`
      SELECT nullif(leased_until, 'infinity') AS at FROM workflow.run_queue WHERE run_id = ${runId}`.execute(
      this.store.acrossTenants,
    );
    return rows[0]?.at ?? undefined;
  }

  /** Who has the run. */
  async leaseOf(runId: string): Promise<string | null | undefined> {
    const row = await this.store.acrossTenants
      .selectFrom('workflow.run_queue')
      .select('leased_by')
      .where('run_id', '=', runId)
      .executeTakeFirst();
    return row?.leased_by;
  }
}
