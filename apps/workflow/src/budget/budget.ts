import type { RunBudget } from '@snowflow/contracts/sessions/tenant-limits';

export type BudgetKind = 'bytes' | 'statements' | 'seconds' | 'tokens';

/** A limit and who set it. */
export interface Ceiling {
  limit: number;
  setBy: 'workflow' | 'tenant';
}

export type Ceilings = Readonly<Partial<Record<BudgetKind, Ceiling>>>;

/** What a run has sent so far. */
export interface Spending {
  statements: number;
  bytes: number;
  /** Of models: what they counted themselves, and of calls under way what they may come to. */
  tokens: number;
}

/** Why a statement or a call of a model may not be sent. */
export interface Excess extends Ceiling {
  kind: BudgetKind;
  spent: number;
  next: number;
}

/** The field of each limit. */
export const LIMIT_OF = {
  bytes: 'maxBytes',
  statements: 'maxStatements',
  seconds: 'maxSeconds',
  tokens: 'maxTokens',
} as const;

/** Of each limit the lower one; the workflow's where both are the same, for who owns it can change that. */
export function ceilingsOf(workflow: RunBudget, tenant: RunBudget): Ceilings {
  const ceilings: Partial<Record<BudgetKind, Ceiling>> = {};
  for (const kind of ['bytes', 'statements', 'seconds', 'tokens'] as const) {
    const [own, general] = [workflow[LIMIT_OF[kind]], tenant[LIMIT_OF[kind]]];
    if (own !== null && (general === null || own <= general)) ceilings[kind] = { limit: own, setBy: 'workflow' };
    else if (general !== null) ceilings[kind] = { limit: general, setBy: 'tenant' };
  }
  return ceilings;
}

/** Counts what a run sends against its ceilings. Once one statement was refused, so is every later one: the run is over its budget. */
export class Budget {
  private statements: number;
  private bytes: number;
  private tokens: number;
  private excess: Excess | undefined;

  constructor(
    private readonly ceilings: Ceilings,
    spent: Spending = { statements: 0, bytes: 0, tokens: 0 },
  ) {
    this.statements = spent.statements;
    this.bytes = spent.bytes;
    this.tokens = spent.tokens;
  }

  /** Whether a statement's bytes have to be known before it is sent. */
  get asksForBytes(): boolean {
    return this.ceilings.bytes !== undefined;
  }

  /** What refuses the next statement whatever it reads. */
  refusal(elapsedSeconds: number): Excess | undefined {
    const { statements, seconds } = this.ceilings;
    if (seconds && elapsedSeconds >= seconds.limit) {
      this.excess ??= { ...seconds, kind: 'seconds', spent: elapsedSeconds, next: 0 };
    }
    if (statements && this.statements + 1 > statements.limit) {
      this.excess ??= { ...statements, kind: 'statements', spent: this.statements, next: 1 };
    }
    return this.excess;
  }

  /** Counts the statement, unless it is refused. */
  take(bytes: number, elapsedSeconds: number): Excess | undefined {
    if (this.refusal(elapsedSeconds)) return this.excess;
    const ceiling = this.ceilings.bytes;
    if (ceiling && this.bytes + bytes > ceiling.limit) {
      this.excess = { ...ceiling, kind: 'bytes', spent: this.bytes, next: bytes };
      return this.excess;
    }
    this.statements += 1;
    this.bytes += bytes;
    return undefined;
  }

  /** Counts the tokens that a call of a model may come to, unless it is refused. */
  takeTokens(tokens: number, elapsedSeconds: number): Excess | undefined {
    const { tokens: ceiling, seconds } = this.ceilings;
    if (seconds && elapsedSeconds >= seconds.limit) {
      this.excess ??= { ...seconds, kind: 'seconds', spent: elapsedSeconds, next: 0 };
    }
    if (ceiling && this.tokens + tokens > ceiling.limit) {
      this.excess ??= { ...ceiling, kind: 'tokens', spent: this.tokens, next: tokens };
    }
    if (!this.excess) this.tokens += tokens;
    return this.excess;
  }

  /** What a call came to, in place of what it might have. */
  settleTokens(taken: number, actual: number): void {
    this.tokens += actual - taken;
  }

  get spent(): Spending {
    return { statements: this.statements, bytes: this.bytes, tokens: this.tokens };
  }
}
