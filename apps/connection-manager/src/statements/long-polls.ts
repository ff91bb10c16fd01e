import { Injectable, OnModuleDestroy } from '@nestjs/common';

/** What is asked while the process stops gets no more than this: an answer that is there already. */
const STOPPING_MS = 1_000;

/** Waits that a stop cuts short: who waits is told that nothing has ended yet, and asks another replica instead of waiting for this one. */
@Injectable()
export class LongPolls implements OnModuleDestroy {
  private readonly open = new Set<AbortController>();
  private isStopping = false;

  /** Does work whose signal aborts after `ms`, or when the process stops. */
  async during<Result>(ms: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const control = new AbortController();
    const timer = setTimeout(() => control.abort(), this.isStopping ? Math.min(ms, STOPPING_MS) : ms);
    this.open.add(control);
    try {
      return await work(control.signal);
    } finally {
      clearTimeout(timer);
      this.open.delete(control);
    }
  }

  onModuleDestroy(): void {
    this.isStopping = true;
    for (const control of this.open) control.abort();
  }
}
