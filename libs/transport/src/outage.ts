import type { Redis } from 'ioredis';

/** Shorter interruptions are waited out: ioredis reconnects by itself. */
const GRACE_MS = 1_000;

/** Knows whether a connection has been down for so long that waiting for it makes no sense, and when it last was. */
export class Outage {
  private downSinceMs: number | null = null;
  private lastDownMs = -Infinity;

  constructor(redis: Redis) {
    redis.on('close', () => (this.downSinceMs ??= Date.now()));
    redis.on('ready', () => {
      if (this.downSinceMs !== null) this.lastDownMs = Date.now();
      this.downSinceMs = null;
    });
  }

  hasLasted(now: number): boolean {
    return this.downSinceMs !== null && now - this.downSinceMs > GRACE_MS;
  }

  /** Whether the connection is down, or was at any time from then on: whatever got no answer since may have lost it there. */
  hasBeenSince(thenMs: number): boolean {
    return this.downSinceMs !== null || this.lastDownMs >= thenMs;
  }
}
