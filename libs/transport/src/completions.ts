import type { Redis } from 'ioredis';
import { GROUP } from './stream-keys';

/**
 * Answers and strikes off what is done. All that finishes in one turn of the event loop goes to Redis as one write: one PUBLISH per
 * caller, one XACK and one XDEL. The reply goes first, so that a crash between leaves a repeated request and not a silent one.
 */
export class Completions {
  private replies = new Map<string, string[]>();
  private entryIds: string[] = [];
  private flushing: Promise<void> = Promise.resolve();
  private scheduled = false;

  constructor(
    private readonly redis: Redis,
    private readonly stream: string,
  ) {}

  /** `reply` is a Reply as JSON; null where nobody waits for one. */
  add(entryId: string, replyTo: string, reply: string | null): void {
    this.entryIds.push(entryId);
    if (reply) {
      const sameCaller = this.replies.get(replyTo);
      if (sameCaller) sameCaller.push(reply);
      else this.replies.set(replyTo, [reply]);
    }
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.flush());
  }

  /** Resolves when all that was added has reached Redis. */
  async settled(): Promise<void> {
    if (this.scheduled) this.flush();
    await this.flushing;
  }

  private flush(): void {
    if (!this.scheduled) return;
    const { replies, entryIds } = this;
    this.replies = new Map();
    this.entryIds = [];
    this.scheduled = false;
    const batch = this.redis.pipeline();
    for (const [replyTo, texts] of replies) batch.publish(replyTo, `[${texts.join(',')}]`);
    batch.xack(this.stream, GROUP, ...entryIds).xdel(this.stream, ...entryIds);
    // A lost batch is repeated by whoever claims its entries.
    const sent = batch.exec().catch(() => undefined);
    // Without what Redis said: each would hold those before it for as long as the process lives.
    this.flushing = Promise.all([this.flushing, sent]).then(() => undefined);
  }
}
