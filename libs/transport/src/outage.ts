import type { Redis } from 'ioredis';

/** Shorter interruptions are waited out: ioredis reconnects by itself. */
const GRACE_MS = 1_000;

/** Knows whether a connection has been down for so long that waiting for it makes no sense. */
export class Outage {
  private downSinceMs: number | null = null;

  constructor(redis: Redis) {
    redis.on('close', () => (this.downSinceMs ??= Date.now()));
    redis.on('ready', () => (this.downSinceMs = null));
  }

  hasLasted(now: number): boolean {
    return this.downSinceMs !== null && now - this.downSinceMs > GRACE_MS;
  }
}
