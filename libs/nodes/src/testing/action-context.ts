import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import { ActionContext, ActionPorts, Decision } from '../kit/action-node';
import type { StepValue } from '../kit/step-value';

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
}

class GivenPorts extends ActionPorts {
  constructor(private readonly given: Given) {
    super();
  }

  now = () => this.given.now ?? new Date(0);
  begunAt = () => this.given.begunAt ?? new Date(0);
  decision = () => this.given.decision;
  lastDecision = () => Promise.resolve(this.given.lastDecision);

  pause(wait: Wait): never {
    throw new Paused(wait);
  }
}

/** What an action is run with, in specs. */
export function actionContext(given: Given): ActionContext {
  const { input, rowCount, values = {} } = given;
  return { input, rowCount, values, attempt: 1, signal: new AbortController().signal, ports: new GivenPorts(given) };
}
