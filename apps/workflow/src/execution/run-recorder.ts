import type { NodeStatus, RunEventType, RunStatus } from '@snowflow/contracts/runs/run-state';
import type { Plan, PlanStep } from '@snowflow/engine/plan/plan';
import type { StepOutcome } from '@snowflow/engine/run/step-outcome';
import { nodeEntryOf } from '../runs/run-view';
import { LeaseLost } from './run-interruptions';
import { runsEnded } from './run-metrics';
import type {
  HeldRun,
  NodeChange,
  RunChange,
  RunRecordRepository,
  StatementChange,
  WaitChange,
} from './run-record.repository';
import type { SealedFailure } from './sealed-failure';
import type { StoredOutcome } from './sealed-outcome';

/** The states that a node does not leave, except that one step's failure yields to another step's success. */
const SETTLED: ReadonlySet<NodeStatus> = new Set(['succeeded', 'failed', 'skipped', 'cancelled']);

/**
 * Keeps a run's nodes and events as its worker sees them and writes what changed, coalesced: what happens while one write is on its way
 * goes together in the next.
 */
export class RunRecorder {
  private readonly nodes: Map<string, NodeChange>;
  private readonly skippedSteps = new Set<string>();
  private readonly changed = new Set<string>();
  private statements: StatementChange[] = [];
  private outcomes: StoredOutcome[] = [];
  private waits: WaitChange[] = [];
  private events: RunChange['events'] = [];
  private writing: Promise<void> | undefined;
  private end: Pick<RunChange, 'status' | 'error' | 'sealedError'> | undefined;
  private rests: RunChange['rests'] = null;

  constructor(
    private readonly records: RunRecordRepository,
    private readonly run: HeldRun,
    private readonly plan: Plan,
    past: readonly NodeChange[],
    private readonly hears: {
      written(lastSeq: number, ended: boolean): void;
      /** Nothing that was told since the last write is stored, and nothing later will be. */
      broken(error: unknown): void;
    },
  ) {
    this.nodes = new Map(past.map((node) => [node.node_id, node]));
  }

  runStarted(): void {
    this.tell('run.started');
  }

  /** The step's nodes that no other step has begun run from here on, together. */
  stepStarted(step: PlanStep, attempt: number): void {
    for (const id of this.own(step)) {
      const node = this.nodes.get(id);
      if (node && (SETTLED.has(node.status) || node.step !== step.id)) continue;
      // An action looks whether what it waits for has come; until then it still waits.
      if (node?.status === 'waiting' && step.kind === 'action') continue;
      const begun = node?.started_at ?? new Date();
      this.change(id, { step: step.id, status: 'running', started_at: begun, attempts: attempt });
    }
  }

  /** Its nodes wait; where they waited for the same already, nothing new is told. */
  stepWaiting(step: PlanStep, wait: WaitChange): void {
    this.wait(wait);
    for (const id of this.begun(step)) {
      const node = this.nodes.get(id);
      if (node?.status === 'waiting' && node.waits_for === wait.wait_for) continue;
      this.change(id, { status: 'waiting', waits_for: wait.wait_for });
    }
  }

  /** A step of a workflow inside waits; what stands for it on the page is the step that called. */
  wait(wait: WaitChange): void {
    this.waits.push(wait);
  }

  /** Its node waited, and now something of it is executed. */
  stepGoesOn(step: PlanStep): void {
    if (this.nodes.get(step.endsAt)?.status === 'waiting') this.change(step.endsAt, { status: 'running' });
  }

  /** What a step came to goes with the next write. */
  outcome(stored: StoredOutcome): void {
    this.outcomes.push(stored);
  }

  /** The statement is with Snowflake under this id. */
  queryKnown(step: PlanStep, queryId: string): void {
    for (const id of this.begun(step)) {
      if (this.nodes.get(id)?.query_id !== queryId) this.change(id, { query_id: queryId });
    }
  }

  stepFinished(step: PlanStep, outcome: StepOutcome): void {
    if (outcome.state === 'skipped') return this.stepSkipped(step);
    if (outcome.state === 'continued') return;
    for (const id of this.own(step)) {
      const node = this.nodes.get(id);
      if (node?.status === 'succeeded') continue;
      const ends = id === step.endsAt;
      this.change(id, {
        step: step.id,
        status: 'succeeded',
        query_id: outcome.ref ?? null,
        finished_at: ends ? new Date() : null,
        row_count: ends ? (outcome.rowCount ?? null) : null,
        error: null,
        sealed_error: null,
      });
    }
  }

  /** The statement failed as a whole; what Snowflake said stands on the node that ends it. */
  stepFailed(step: PlanStep, failure: SealedFailure): void {
    for (const id of this.begun(step)) {
      const ends = id === step.endsAt;
      this.change(id, {
        status: 'failed',
        finished_at: ends ? new Date() : null,
        error: ends ? failure.error : null,
        sealed_error: ends ? failure.sealedMessage : null,
      });
    }
  }

  statement(change: StatementChange): void {
    this.statements.push(change);
  }

  /** Ends the run: nodes that did not come to an end were skipped or cancelled with it. */
  async finish(status: RunStatus, failure?: SealedFailure): Promise<void> {
    const left = status === 'cancelled' ? 'cancelled' : 'skipped';
    for (const id of Object.keys(this.plan.stepsOf)) {
      const node = this.nodes.get(id);
      if (node && SETTLED.has(node.status)) continue;
      this.change(id, { status: left, finished_at: node?.started_at ? new Date() : null });
    }
    this.tell(`run.${status}` as RunEventType);
    this.end = { status, error: failure?.error ?? null, sealedError: failure?.sealedMessage ?? null };
    await this.flush();
    runsEnded.inc({ status });
  }

  /** The run waits and has nothing else to do. */
  async rest(until: Date | null): Promise<void> {
    this.tell('run.waiting');
    this.rests = { until };
    await this.flush();
  }

  /** Resolves once everything told so far is in Postgres; throws LeaseLost where another worker has the run. */
  async flush(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.events.length + this.statements.length + this.outcomes.length + this.waits.length === 0) return;
    this.writing = this.write();
    try {
      await this.writing;
    } finally {
      this.writing = undefined;
    }
  }

  private async write(): Promise<void> {
    const change: RunChange = {
      status: this.rests ? 'waiting' : 'running',
      error: null,
      sealedError: null,
      ...this.end,
      at: new Date(),
      ends: this.end !== undefined,
      rests: this.rests,
      nodes: [...this.changed].flatMap((id) => this.nodes.get(id) ?? []),
      statements: lastOfEach(this.statements, ({ request_id }) => request_id),
      outcomes: this.outcomes,
      waits: lastOfEach(this.waits, ({ step }) => step),
      events: this.events,
    };
    this.changed.clear();
    this.statements = [];
    this.outcomes = [];
    this.waits = [];
    this.events = [];
    try {
      const lastSeq = await this.records.write(this.run, change);
      if (lastSeq === undefined) throw new LeaseLost();
      this.hears.written(lastSeq, change.ends);
    } catch (error) {
      this.hears.broken(error);
      throw error;
    }
  }

  private stepSkipped(step: PlanStep): void {
    this.skippedSteps.add(step.id);
    for (const id of step.nodes) {
      if (this.nodes.has(id) || !this.plan.stepsOf[id]?.every((other) => this.skippedSteps.has(other))) continue;
      this.change(id, { step: step.id, status: 'skipped' });
    }
  }

  /** A node that ends a step is that step's alone; others are shared with whatever step needs them. */
  private own(step: PlanStep): string[] {
    return step.nodes.filter((id) => id === step.endsAt || !this.plan.steps.some((other) => other.endsAt === id));
  }

  private begun(step: PlanStep): string[] {
    return this.own(step).filter((id) => {
      const node = this.nodes.get(id);
      return node?.step === step.id && (node.status === 'running' || node.status === 'waiting');
    });
  }

  private change(id: string, change: Partial<NodeChange>): void {
    const node: NodeChange = { ...(this.nodes.get(id) ?? unbegun(id)), ...change };
    this.nodes.set(id, node);
    this.changed.add(id);
    this.tell(`node.${node.status}`, node);
  }

  private tell(type: RunEventType, node?: NodeChange): void {
    this.events.push({ type, at: new Date(), node_id: node?.node_id ?? null, node: node ? nodeEntryOf(node) : null });
  }
}

function unbegun(id: string): NodeChange {
  return {
    node_id: id,
    step: null,
    status: 'pending',
    started_at: null,
    finished_at: null,
    row_count: null,
    query_id: null,
    attempts: 0,
    error: null,
    sealed_error: null,
    waits_for: null,
  };
}

/** The later changes of one thing replace its earlier ones: an upsert may not touch a row twice. */
function lastOfEach<Change>(changes: Change[], keyOf: (change: Change) => string): Change[] {
  return [...new Map(changes.map((change) => [keyOf(change), change])).values()];
}
