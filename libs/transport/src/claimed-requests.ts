import type { Redis } from 'ioredis';
import { StreamEntry, entriesOf } from './stream-entry';
import { GROUP } from './stream-keys';

/** A request that was in the hands of a replica which stopped renewing its claim. */
export interface ClaimedEntry extends StreamEntry {
  /** How often it was handed out, this time included. */
  deliveries: number;
}

/** Takes over requests that nobody renewed for `idleMs`, and renews those of its own replica. */
export class ClaimedRequests {
  private cursor = '0-0';

  constructor(
    private readonly redis: Redis,
    private readonly stream: string,
    private readonly consumer: string,
    private readonly idleMs: number,
  ) {}

  /** At most `count` abandoned requests, from where the last look ended. */
  async take(count: number): Promise<ClaimedEntry[]> {
    const reply = await this.redis.xautoclaim(
      this.stream,
      GROUP,
      this.consumer,
      this.idleMs,
      this.cursor,
      'COUNT',
      count,
    );
    this.cursor = typeof reply[0] === 'string' ? reply[0] : '0-0';
    const entries = entriesOf(reply[1]);
    return Promise.all(entries.map(async (entry) => ({ ...entry, deliveries: await this.deliveriesOf(entry.id) })));
  }

  /** Says that this replica is alive and still works on these. It does not count as a delivery. */
  async renew(entryIds: string[]): Promise<void> {
    if (entryIds.length > 0) await this.redis.xclaim(this.stream, GROUP, this.consumer, 0, ...entryIds, 'JUSTID');
  }

  private async deliveriesOf(entryId: string): Promise<number> {
    const [held] = await this.redis.xpending(this.stream, GROUP, entryId, entryId, 1);
    const deliveries: unknown = Array.isArray(held) ? held[3] : undefined;
    return typeof deliveries === 'number' ? deliveries : 1;
  }
}
