import type { Column } from '@snowflow/contracts/documents/column';
import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import { ActionContext, ActionPorts, Decision, Message, ReadRows, Sent } from '../kit/action-node';
import { ModelCalls } from '../kit/model-calls';
import { CortexCalls } from '../kit/cortex-calls';
import type { StepValue } from '../kit/step-value';
import { WorkflowCalls } from '../kit/workflow-calls';

type Wait = Parameters<ActionPorts['pause']>[0];

/** What an action that waits throws in specs. */
export class Paused extends Error {
  constructor(readonly wait: object) {
    super(JSON.stringify(wait));
  }
}

interface Given {
  now?: Date;
  begunAt?: Date;
  decision?: Decision;
  /** Came while the time ran out. */
  lastDecision?: Decision;
  input?: StepValue;
  rowCount?: number;
  values?: Readonly<Record<string, Bind>>;
  queryId?: string;
  /** What reading rows gives. */
  rows?: StepValue[][];
  columns?: Column[];
  /** Hears what is sent. */
  sent?: Message[];
  workflows?: Partial<WorkflowCalls>;
  cortex?: Partial<CortexCalls>;
  /** What a model answers. */
  chat?: ModelCalls['chat'];
}

class GivenCalls extends WorkflowCalls {
  readonly run: WorkflowCalls['run'];
  readonly runEach: WorkflowCalls['runEach'];

  constructor({ run = unexpected, runEach = unexpected }: Partial<WorkflowCalls> = {}) {
    super();
    this.run = run;
    this.runEach = runEach;
  }
}

class GivenModels extends ModelCalls {
  readonly chat: ModelCalls['chat'];

  constructor(chat: ModelCalls['chat'] = unexpected) {
    super();
    this.chat = chat;
  }
}

class GivenCortex extends CortexCalls {
  readonly analyst: CortexCalls['analyst'];
  readonly search: CortexCalls['search'];

  constructor({ analyst = unexpected, search = unexpected }: Partial<CortexCalls> = {}) {
    super();
    this.analyst = analyst;
    this.search = search;
  }
}

class GivenPorts extends ActionPorts {
  readonly workflows: WorkflowCalls;
  readonly models: ModelCalls;
  readonly cortex: CortexCalls;

  constructor(private readonly given: Given) {
    super();
    this.workflows = new GivenCalls(given.workflows);
    this.models = new GivenModels(given.chat);
    this.cortex = new GivenCortex(given.cortex);
  }

  now = () => this.given.now ?? new Date(0);
  begunAt = () => this.given.begunAt ?? new Date(0);
  decision = () => this.given.decision;
  lastDecision = () => Promise.resolve(this.given.lastDecision);

  async readRows(): Promise<ReadRows> {
    return { columns: this.given.columns ?? [], rows: this.given.rows ?? [] };
  }

  async send(message: Message): Promise<Sent> {
    this.given.sent?.push(message);
    return { attempts: 1 };
  }

  pause(wait: Wait): never {
    throw new Paused(wait);
  }
}

/** What an action is run with, in specs. */
export function actionContext(given: Given): ActionContext {
  const { input, rowCount, queryId, values = {} } = given;
  const run = { id: 'run_1', workflowId: 'wf_1' };
  const { signal } = new AbortController();
  return { input, rowCount, queryId, values, run, attempt: 1, signal, ports: new GivenPorts(given) };
}

function unexpected(): never {
  throw new Error('The action was not expected to do this');
}
