import type { Redis } from 'ioredis';
import { streamOf } from './stream-keys';

const LOOK_EVERY_MS = 100;

interface Look {
  atMs: number;
  length: number;
}

/**
 * Knows roughly how many requests stand in each stream, so that a caller refuses new ones instead of trimming those that wait.
 * The number is at most a look old; callers bound their own pending calls, so the overshoot is bounded too.
 */
export class Backlog {
  private readonly looks = new Map<string, Look>();

  constructor(
    private readonly redis: Redis,
    private readonly limit: number,
  ) {}

  isFull(service: string, now: number): boolean {
    const look = this.looks.get(service) ?? { atMs: 0, length: 0 };
    if (now - look.atMs >= LOOK_EVERY_MS) {
      this.looks.set(service, { ...look, atMs: now });
      this.redis.xlen(streamOf(service)).then(
        (length) => this.looks.set(service, { atMs: now, length }),
        () => undefined,
      );
    }
    return look.length >= this.limit;
  }
}
