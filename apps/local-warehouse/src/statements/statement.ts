import { randomBytes, randomUUID } from 'node:crypto';
import type { TableEntry } from '../catalog/catalog-entries';
import type { Result } from '../results/result';
import type { Session, SessionContext } from '../sessions/session';
import { cancelled, WarehouseError } from './warehouse-error';

/** A bind as the driver sends it. */
export interface Bind {
  type: string;
  value: string | null | (string | null)[];
  fmt?: string;
}

export interface StatementRequest {
  sqlText: string;
  /** Where the account answers, as the client spells it. */
  origin: string;
  requestId: string;
  binds: readonly Bind[];
  describeOnly: boolean;
  queryTag: string;
  timeoutSeconds: number;
  maxRows: number;
}

export type StatementStatus = 'RUNNING' | 'SUCCESS' | 'FAILED_WITH_ERROR';

/** One submitted statement, from its submission until its result is forgotten. */
export class Statement {
  readonly queryId = randomUUID();
  /** Admits to the chunks of its result, as the signature of a cloud store's address would. */
  readonly chunkKey = randomBytes(18).toString('base64url');
  readonly submittedAt = Date.now();
  /** What it runs as: a USE that follows does not touch it. */
  readonly context: SessionContext;
  status: StatementStatus = 'RUNNING';
  endedAt: number | undefined;
  result: Result | undefined;
  error: WarehouseError | undefined;
  /** How long it took to compile, and the tables it reads where it needs a warehouse; set once it has compiled. */
  compiled: { ms: number; reads: ReadonlySet<TableEntry> | undefined } | undefined;
  /** Set when the head of the result was moved to a file. */
  headInFile = false;
  readonly done: Promise<void>;
  private finish: () => void = () => undefined;
  private interruption: WarehouseError | undefined;
  private onInterrupt: (() => void) | undefined;

  constructor(
    readonly session: Session,
    readonly request: StatementRequest,
  ) {
    this.context = { ...session.context };
    this.done = new Promise((resolve) => (this.finish = resolve));
  }

  admits(key: string): boolean {
    return key === this.chunkKey;
  }

  /** Stops it where it is; false when it had ended already. */
  interrupt(reason: WarehouseError = cancelled()): boolean {
    if (this.status !== 'RUNNING') return false;
    this.interruption ??= reason;
    this.onInterrupt?.();
    return true;
  }

  /**
   * Runs work that can be stopped; work that was stopped fails with the reason, whatever DuckDB says. DuckDB forgets an
   * interruption that comes just before it starts, so it is told again until the work has ended.
   */
  async interruptible<T>(stop: () => void, work: () => Promise<T>): Promise<T> {
    this.throwIfInterrupted();
    let insisting: NodeJS.Timeout | undefined;
    this.onInterrupt = () => {
      stop();
      insisting ??= setInterval(stop, 50);
    };
    try {
      return await work();
    } catch (error) {
      this.throwIfInterrupted();
      throw error;
    } finally {
      clearInterval(insisting);
      this.onInterrupt = undefined;
    }
  }

  get interrupted(): boolean {
    return this.interruption !== undefined;
  }

  throwIfInterrupted(): void {
    if (this.interruption) throw this.interruption;
  }

  /** Waits, unless it is stopped first. */
  async wait(milliseconds: number): Promise<void> {
    if (milliseconds === 0) return;
    let timer: NodeJS.Timeout | undefined;
    let wake: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    await this.interruptible(wake, () => over);
    clearTimeout(timer);
    this.throwIfInterrupted();
  }

  succeed(result: Result): void {
    this.result = result;
    this.end('SUCCESS');
  }

  fail(error: WarehouseError): void {
    this.error = error;
    this.end('FAILED_WITH_ERROR');
  }

  private end(status: StatementStatus): void {
    this.status = status;
    this.endedAt = Date.now();
    this.finish();
  }
}
