/** What came of asking for a place. */
export type Answer = 'taken' | 'full' | 'session-full';

interface Waiter {
  ask(): Promise<Answer>;
  isShort: boolean;
  settle(error?: Error): void;
}

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 80;

/**
 * Who waits in this process for places of one tenant. Its sessions take turns; within a session short statements go first, then whoever
 * came first. One of them asks at a time, so that a long line costs no more than a short one.
 */
export class WaitingLine {
  private readonly sessions = new Map<string, Waiter[]>();
  private serving = false;
  private wake: (() => void) | undefined;
  /** Something was freed while the line was being asked for. */
  private woken = false;
  private length = 0;

  get size(): number {
    return this.length;
  }

  /** Resolves once `ask` has taken a place. Rejects with `tooLate` after `patienceMs`. */
  join(
    sessionId: string,
    ask: () => Promise<Answer>,
    { patienceMs, isShort, tooLate }: { patienceMs: number; isShort: boolean; tooLate: () => Error },
  ): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => this.leave(sessionId, waiter, tooLate()), patienceMs);
      const waiter: Waiter = {
        ask,
        isShort,
        settle: (error) => {
          clearTimeout(timer);
          if (error) reject(error);
          else resolve();
        },
      };
      this.add(sessionId, waiter);
      if (this.serving) this.kick();
      else void this.serve();
    });
  }

  /** A place was freed: whoever is next asks at once. */
  kick(): void {
    this.woken = true;
    this.wake?.();
  }

  private add(sessionId: string, waiter: Waiter): void {
    const waiters = this.sessions.get(sessionId) ?? [];
    const behind = waiter.isShort ? waiters.findIndex(({ isShort }) => !isShort) : -1;
    waiters.splice(behind < 0 ? waiters.length : behind, 0, waiter);
    this.sessions.set(sessionId, waiters);
    this.length += 1;
  }

  private leave(sessionId: string, waiter: Waiter, error?: Error): void {
    const waiters = this.sessions.get(sessionId) ?? [];
    const at = waiters.indexOf(waiter);
    if (at < 0) return;
    waiters.splice(at, 1);
    this.length -= 1;
    if (waiters.length === 0) this.sessions.delete(sessionId);
    waiter.settle(error);
  }

  private async serve(): Promise<void> {
    this.serving = true;
    for (let pauseMs = FIRST_PAUSE_MS; this.length > 0;) {
      this.woken = false;
      if (await this.round()) pauseMs = FIRST_PAUSE_MS;
      else {
        await this.pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
      }
    }
    this.serving = false;
  }

  /** Asks for the first of each session, in turn; answers whether any was let in. */
  private async round(): Promise<boolean> {
    let letIn = false;
    // A copy: whoever is let in goes to the back of the very map.
    const inTurn = [...this.sessions.keys()];
    for (const sessionId of inTurn) {
      const waiter = this.sessions.get(sessionId)?.[0];
      if (!waiter) continue;
      const answer = await this.ask(sessionId, waiter);
      if (answer === 'full') return letIn;
      if (answer === 'session-full') continue;
      letIn = true;
      this.toTheBack(sessionId);
    }
    return letIn;
  }

  private async ask(sessionId: string, waiter: Waiter): Promise<Answer> {
    try {
      const answer = await waiter.ask();
      if (answer === 'taken') this.leave(sessionId, waiter);
      return answer;
    } catch (error) {
      this.leave(sessionId, waiter, error instanceof Error ? error : new Error('The place could not be asked for'));
      return 'taken';
    }
  }

  private toTheBack(sessionId: string): void {
    const waiters = this.sessions.get(sessionId);
    if (!waiters) return;
    this.sessions.delete(sessionId);
    this.sessions.set(sessionId, waiters);
  }

  private pause(ms: number): Promise<void> {
    if (this.woken) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
