import type { Reply } from '@snowflow/contracts/rpc/envelope';

/** A call that waits for its reply. */
export interface PendingCall {
  readonly id: string;
  readonly pattern: string;
  readonly service: string;
  readonly askedAtMs: number;
  readonly deadlineAtMs: number;
  /** A failure leaves the caller in doubt: it is a write without an idempotency key. */
  readonly unsafe: boolean;
  /** It was handed to what puts requests into the stream. */
  isHandedOver?: boolean;
  /** Where the request stands in the stream, once Redis said so. */
  entryId?: string;
  readonly settle: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

const SWEEP_MS = 25;

/** The calls of one caller, and one clock for all of their deadlines: a timer per call would cost more than the call. */
export class PendingCalls {
  private readonly calls = new Map<string, PendingCall>();
  private clock?: NodeJS.Timeout;

  constructor(private readonly expire: (call: PendingCall) => void) {}

  get size(): number {
    return this.calls.size;
  }

  add(call: PendingCall): void {
    this.calls.set(call.id, call);
    this.clock ??= setInterval(() => this.sweep(), SWEEP_MS);
  }

  /** Takes a call out, so that it can be settled once. Undefined where it was settled before. */
  take(id: string): PendingCall | undefined {
    const call = this.calls.get(id);
    if (call) this.calls.delete(id);
    return call;
  }

  peek(id: string): PendingCall | undefined {
    return this.calls.get(id);
  }

  all(): PendingCall[] {
    return [...this.calls.values()];
  }

  /** Takes all that is left. */
  takeAll(): PendingCall[] {
    const left = [...this.calls.values()];
    this.calls.clear();
    this.stopClock();
    return left;
  }

  private sweep(): void {
    const now = Date.now();
    for (const call of this.calls.values()) {
      if (call.deadlineAtMs <= now) {
        this.calls.delete(call.id);
        this.expire(call);
      }
    }
    if (this.calls.size === 0) this.stopClock();
  }

  private stopClock(): void {
    clearInterval(this.clock);
    this.clock = undefined;
  }
}
