import { Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRef } from '../sessions/sealed-session.repository';

/** Each holds a part of a result in this process' memory. */
const MOST_OF_SESSION = 8;
const MOST_OF_TENANT = 32;
const RETRY_AFTER_SECONDS = 2;

/** How many results one session and one tenant read at once through this process. Statements have places of their own. */
@Injectable()
export class RowReaders {
  private readonly reading = new Map<string, number>();

  /** Answers how to leave again. Throws OVERLOADED. */
  enter({ tenantId, sessionId }: SessionRef): () => void {
    const session = `${tenantId}|${sessionId}`;
    if (this.count(session) >= MOST_OF_SESSION || this.count(tenantId) >= MOST_OF_TENANT) {
      throw new AppError('OVERLOADED', 'Too many results are being read at once. Try again when one is complete.', {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      });
    }
    this.add(session, 1);
    this.add(tenantId, 1);
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.add(session, -1);
      this.add(tenantId, -1);
    };
  }

  private count(key: string): number {
    return this.reading.get(key) ?? 0;
  }

  private add(key: string, change: 1 | -1): void {
    const count = this.count(key) + change;
    if (count > 0) this.reading.set(key, count);
    else this.reading.delete(key);
  }
}
