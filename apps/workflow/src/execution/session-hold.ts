import type { ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import { insist } from './backoff';

/** A worker that dies keeps a session open for no longer than this after its last word. */
const HOLD_MS = 300_000;

/** Keeps the Snowflake session of a run open while the run is executed, also when its person signs out meanwhile. */
export class SessionHold {
  /** Rejects with SNOWFLAKE_SESSION_ENDED where there is nothing to hold any more. */
  readonly taken: Promise<void>;
  private readonly renewal: NodeJS.Timeout;

  constructor(
    private readonly connections: ConnectionsClient,
    private readonly runId: string,
    signal: AbortSignal,
  ) {
    this.taken = insist(signal, () => this.take());
    // Whoever needs the session awaits it; a run that needs none ends without.
    this.taken.catch(() => undefined);
    this.renewal = setInterval(() => void this.take().catch(() => undefined), HOLD_MS / 3).unref();
  }

  /** The run goes on elsewhere: the hold stays, and the next worker takes it over. */
  stop(): void {
    clearInterval(this.renewal);
  }

  /** The run has ended. Nobody waits for it: a hold that can't be let go runs out. */
  letGo(): void {
    this.stop();
    this.taken.then(() => this.connections.release({ runId: this.runId })).catch(() => undefined);
  }

  private async take(): Promise<void> {
    await this.connections.hold({ runId: this.runId, leaseMs: HOLD_MS });
  }
}
