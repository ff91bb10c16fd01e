import { setTimeout as wait } from 'node:timers/promises';
import { CONTEXT_PATIENCE_MS } from './session-deadlines';

const FIRST_PAUSE_MS = 4;
const LONGEST_PAUSE_MS = 25;
const ASK_SNOWFLAKE_MS = 500;

/** How long one statement waits for its context, and how often it looks. */
export class Patience {
  /** It is next: only what runs under the other context keeps it out. */
  holdsTurn = false;
  private readonly endsAtMs = Date.now() + CONTEXT_PATIENCE_MS;
  private pauseMs = FIRST_PAUSE_MS;
  private askedAtMs = Date.now();

  get isOver(): boolean {
    return Date.now() > this.endsAtMs;
  }

  async pause(): Promise<void> {
    await wait(this.pauseMs);
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
  }

  /** Now and then: whether those it waits for have ended without anybody telling. */
  isTimeToAskSnowflake(): boolean {
    if (Date.now() - this.askedAtMs < ASK_SNOWFLAKE_MS) return false;
    this.askedAtMs = Date.now();
    return true;
  }
}
