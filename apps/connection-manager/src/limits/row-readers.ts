import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRef } from '../sessions/sealed-session.repository';

/** Each holds a part of a result in this process' memory. */
const MOST_OF_SESSION = 8;
const MOST_OF_TENANT = 32;
/** A page is read within milliseconds: callers who come in a crowd wait for each other. */
const MOST_WAITING_OF_TENANT = 128;
const PATIENCE_MS = 5_000;
const RETRY_AFTER_SECONDS = 2;

interface Waiter {
  ref: SessionRef;
  letIn(): void;
}

/** How many results one session and one tenant read at once through this process. Statements have places of their own. */
@Injectable()
export class RowReaders {
  private readonly reading = new Map<string, number>();
  private readonly waiting = new Map<string, Set<Waiter>>();

  /** Resolves once there is room, which is given back when `reader` is aborted. Throws OVERLOADED after a moment without. */
  async enter(ref: SessionRef, reader: AbortSignal): Promise<void> {
    const isBehind = [...this.lineOf(ref)].some((waiter) => waiter.ref.sessionId === ref.sessionId);
    if (isBehind || !this.hasRoom(ref)) await this.turn(ref, reader);
    else this.count(ref, 1);
    const leave = () => this.leave(ref);
    if (reader.aborted) leave();
    else reader.addEventListener('abort', leave, { once: true });
  }

  private turn(ref: SessionRef, reader: AbortSignal): Promise<void> {
    const line = this.lineOf(ref);
    if (line.size >= MOST_WAITING_OF_TENANT) throw overloaded();
    this.waiting.set(ref.tenantId, line);
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        reader.removeEventListener('abort', giveUp);
        line.delete(waiter);
        if (line.size === 0) this.waiting.delete(ref.tenantId);
        settle();
      };
      const giveUp = () => end(() => reject(overloaded()));
      const timer = setTimeout(giveUp, PATIENCE_MS);
      const waiter = { ref, letIn: () => end(resolve) };
      reader.addEventListener('abort', giveUp, { once: true });
      line.add(waiter);
    });
  }

  private leave(ref: SessionRef): void {
    this.count(ref, -1);
    for (const waiter of this.lineOf(ref)) {
      if (!this.hasRoom(waiter.ref)) continue;
      this.count(waiter.ref, 1);
      waiter.letIn();
    }
  }

  private lineOf({ tenantId }: SessionRef): Set<Waiter> {
    return this.waiting.get(tenantId) ?? new Set();
  }

  private hasRoom({ tenantId, sessionId }: SessionRef): boolean {
    return this.of(`${tenantId}|${sessionId}`) < MOST_OF_SESSION && this.of(tenantId) < MOST_OF_TENANT;
  }

  private count({ tenantId, sessionId }: SessionRef, change: 1 | -1): void {
    for (const key of [`${tenantId}|${sessionId}`, tenantId]) {
      const count = this.of(key) + change;
      if (count > 0) this.reading.set(key, count);
      else this.reading.delete(key);
    }
  }

  private of(key: string): number {
    return this.reading.get(key) ?? 0;
  }
}

function overloaded(): AppError {
  return new AppError('OVERLOADED', 'Too many results are being read at once. Try again when one is complete.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}
