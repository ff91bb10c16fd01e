import { setImmediate as turn } from 'node:timers/promises';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { runFlow } from '@snowflow/engine/compile/compile-flow';
import { flowOf } from '@snowflow/engine/compile/flow-of-plan';
import type { FlowResult } from '@snowflow/engine/run/flow-result';
import { Semaphore } from '@snowflow/engine/run/semaphore';
import { StepPaused } from '@snowflow/engine/run/step-paused';
import { ActionPorts, type Decision, type Message, type ReadRows, type Sent } from '@snowflow/nodes/kit/action-node';
import type { AgentCalls } from '@snowflow/nodes/kit/agent-calls';
import type { CortexCalls } from '@snowflow/nodes/kit/cortex-calls';
import type { ModelCalls } from '@snowflow/nodes/kit/model-calls';
import type { OutsideCalls } from '@snowflow/nodes/kit/outside-calls';
import type { WorkflowCalls } from '@snowflow/nodes/kit/workflow-calls';
import { CallBudget } from '../execution/call-budget';
import type { PlanScope } from '../execution/plan-scope';
import type { RunRecorder } from '../execution/run-recorder';
import { executeStep, type RunningAction, type RunSteps } from '../execution/run-step';
import { describe, errorValueOf, sealFailure } from '../execution/sealed-failure';
import { decidedSteps, type StoredOutcome } from '../execution/sealed-outcome';
import { RunJournal } from '../execution/run-journal';
import { StepMemory } from '../execution/step-memory';
import { SubWorkflowCalls } from '../execution/sub-workflow-calls';
import type { RunRow } from '../runs/runs.repository';
import { itemsOf, NOT_SENT } from './calls-oracle';
import { fateOf, pinned, type ScriptedNode, type ScriptedWorkflow } from './random-calls';

const TENANT = 'ten_spec';
const ROOT = 'root';

const plain: Sealer = { seal: (text) => text, open: (sealed) => sealed };

/** A run of a scripted workflow over all its executions: what is stored of it outlives a kill, everything else is made anew. */
export class KilledRun {
  /** What should never be: a message sent again though what it gave was stored, too many items at once. */
  readonly faults: string[] = [];
  readonly stored = new Map<string, StoredOutcome>();
  readonly decided = new Set<string>();
  private asked = new Set<string>();
  readonly sent = new Map<string, number>();
  private kills = 0;

  constructor(private readonly script: ScriptedWorkflow) {}

  /** Goes on behind what is stored, until it rests, ends or is killed after so many more acts. */
  async execute(acts: number): Promise<FlowResult> {
    this.asked = new Set();
    const result = await new Execution(this.script, this, this.asked, acts).run();
    if (result.state === 'aborted') this.kills += 1;
    for (const [place, times] of this.sent) {
      if (times > 1 + this.kills) this.faults.push(`${place} was sent ${times} times over ${this.kills} kills`);
    }
    return result;
  }

  /** The first question that waits is answered, or all are. */
  decide(all: boolean): void {
    for (const place of all ? this.asked : [...this.asked].slice(0, 1)) this.decided.add(place);
  }

  static failureOf(error: unknown): { code: string; message: string } {
    const { code, message } = describe(plain, TENANT, error);
    return { code, message };
  }
}

class Execution {
  private readonly crash = new AbortController();
  private readonly underway = new Map<string, number>();

  constructor(
    private readonly script: ScriptedWorkflow,
    private readonly kept: KilledRun,
    private readonly asked: Set<string>,
    private acts: number,
  ) {}

  async run(): Promise<FlowResult> {
    const { plan, children } = pinned(this.script);
    const scope: PlanScope = { plan, parameters: { at: ROOT }, children, prefix: '', calls: [] };
    const shared = this.shared();
    const { memory } = shared;
    return runFlow(flowOf(plan), {
      signal: this.crash.signal,
      decided: memory.decidedOf(scope),
      errorValue: (error) => errorValueOf(plain, TENANT, error),
      handler: ({ planned }, context) => executeStep(planned, { ...context, signal: this.crash.signal }, shared, scope),
      events: {
        finished: ({ id }, outcome) => memory.keep(id, outcome),
        failed: async ({ id, onError }, error) => {
          if (onError !== 'continue') await memory.keepFailure(id, sealFailure(plain, TENANT, error));
        },
      },
    });
  }

  private shared(): RunSteps {
    // A dead worker stores nothing any more.
    const recorder = {
      outcome: (one: StoredOutcome) => void (this.crash.signal.aborted || this.kept.stored.set(one.step, one)),
      flush: () => this.act(),
      wait: () => undefined,
    } as Partial<RunRecorder> as RunRecorder;
    const run = { id: 'run_spec', tenant_id: TENANT, workflow_id: null } as RunRow;
    const past = decidedSteps(plain, TENANT, [...this.kept.stored.values()]);
    const memory = new StepMemory(recorder, plain, TENANT, past);
    const portsFor = (action: RunningAction) => Promise.resolve(this.portsFor(action, shared));
    // These workflows have no statements, so what those need is left out.
    const shared = {
      run,
      recorder,
      journal: new RunJournal([]),
      policies: {
        checkStep: () => Promise.resolve(),
        checkStatement: () => Promise.resolve(),
        checkQuery: () => Promise.resolve(),
      },
      sealer: plain,
      memory,
      calls: new CallBudget(),
      places: new Semaphore(8),
      portsFor,
    } as Partial<RunSteps> as RunSteps;
    return shared;
  }

  private portsFor({ step, scope, attempt, signal }: RunningAction, shared: RunSteps): ActionPorts {
    const place = scope.prefix + step.id;
    return new ScriptedPorts(new SubWorkflowCalls(shared, scope, step, signal), {
      decision: () => this.decisionAt(place),
      ask: () => void this.asked.add(place),
      send: (message) => this.send(place, attempt, message),
    });
  }

  private decisionAt(place: string): Decision | undefined {
    if (!this.kept.decided.has(place)) return undefined;
    const decision = fateOf(nodeAt(this.script, place)?.decisions ?? [], place) ?? 'approve';
    return { decision, by: 'BOSS', form: {} };
  }

  private async send(place: string, attempt: number, message: Message): Promise<Sent> {
    if (this.kept.stored.has(place)) this.kept.faults.push(`${place} is sent again`);
    const leave = this.enter(place);
    try {
      await this.act();
      const node = nodeAt(this.script, place);
      if (attempt <= (fateOf(node?.failing ?? [], place) ?? 0)) {
        throw new AppError('OUTCOME_UNKNOWN', NOT_SENT.message);
      }
      this.kept.sent.set(place, (this.kept.sent.get(place) ?? 0) + 1);
      const at = message.channel === 'webhook' ? String(JSON.parse(message.body)) : '';
      return { attempts: 1, rejected: itemsOf(at, node?.items ?? 0) };
    } finally {
      leave();
    }
  }

  /** Counts what is under way in each item of each map around a place. */
  private enter(place: string): () => void {
    const items = [...place.matchAll(/\/\d+(?=\/)/g)].map(({ index }) => place.slice(0, place.indexOf('/', index + 1)));
    for (const item of items.filter((one) => this.kept.stored.has(one))) this.kept.faults.push(`${item} had ended`);
    for (const item of items) this.underway.set(item, (this.underway.get(item) ?? 0) + 1);
    for (const map of new Set(items.map((item) => item.slice(0, item.lastIndexOf('/'))))) {
      const inMap = [...this.underway].filter(([item, n]) => n > 0 && item.slice(0, item.lastIndexOf('/')) === map);
      if (inMap.length > (nodeAt(this.script, map)?.concurrency ?? 0))
        this.kept.faults.push(`${map} has too many at once`);
    }
    return () => items.forEach((item) => this.underway.set(item, (this.underway.get(item) ?? 1) - 1));
  }

  /** Something is done that takes a turn, and before which or after which the worker may die. */
  private async act(): Promise<void> {
    if (this.acts-- === 0) this.crash.abort(new Error('killed'));
    this.crash.signal.throwIfAborted();
    await turn();
    this.crash.signal.throwIfAborted();
  }
}

/** The node at a place among all steps of the run. */
export function nodeAt(script: ScriptedWorkflow, place: string): ScriptedNode | undefined {
  const [id = '', ...rest] = place.split('/').filter((part) => !/^\d+$/.test(part));
  const node = script.nodes.find((one) => one.id === id);
  return rest.length === 0 || !node?.child ? node : nodeAt(node.child, rest.join('/'));
}

interface Script {
  decision(): Decision | undefined;
  ask(): void;
  send(message: Message): Promise<Sent>;
}

class ScriptedPorts extends ActionPorts {
  constructor(
    readonly workflows: WorkflowCalls,
    private readonly script: Script,
  ) {
    super();
  }

  get agents(): AgentCalls {
    throw new Error('No node here is an agent');
  }

  readonly models: ModelCalls = { chat: () => Promise.reject(new Error('No node here asks a model')) };
  get outside(): OutsideCalls {
    throw new Error('No node here calls hosts outside');
  }
  readonly cortex: CortexCalls = {
    analyst: () => Promise.reject(new Error('No node here asks Analyst')),
    search: () => Promise.reject(new Error('No node here searches')),
  };

  now = () => new Date(0);
  begunAt = () => new Date(0);
  decision = () => this.script.decision();
  lastDecision = () => Promise.resolve(undefined);
  readRows = (): Promise<ReadRows> => Promise.reject(new Error('No node here reads rows'));
  send = (message: Message) => this.script.send(message);

  pause(wait: Parameters<ActionPorts['pause']>[0]): never {
    this.script.ask();
    throw new StepPaused(wait);
  }
}
