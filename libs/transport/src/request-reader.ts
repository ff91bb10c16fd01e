import type { Redis } from 'ioredis';
import { setTimeout } from 'node:timers/promises';
import { ensureGroup } from './consumer-group';
import type { InFlight } from './in-flight';
import { StreamEntry, entriesOf } from './stream-entry';
import { GROUP } from './stream-keys';

/** Small, or one replica takes all and its siblings idle. */
const READ_COUNT = 8;
const BLOCK_MS = 2_000;
const RETRY_MS = 200;

/** Reads new requests, never more than the replica has room for. */
export class RequestReader {
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private connectionId?: number;

  constructor(
    private readonly blocking: Redis,
    private readonly control: Redis,
    private readonly stream: string,
    private readonly consumer: string,
    private readonly inFlight: InFlight,
    private readonly serve: (entry: StreamEntry) => void,
  ) {
    blocking.on('close', () => (this.connectionId = undefined));
  }

  start(): void {
    this.loop = this.readUntilStopped();
  }

  /** Resolves when no further request can come. A read that waits is woken: cutting it could lose what Redis hands it that moment. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.inFlight.wake();
    if (this.blocking.status !== 'ready') this.blocking.disconnect();
    else if (this.connectionId) await this.control.client('UNBLOCK', this.connectionId).catch(() => undefined);
    await this.loop;
  }

  private async readUntilStopped(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        if (this.inFlight.free === 0) await this.inFlight.nextFinish();
        else await this.readOnce();
      } catch (error) {
        if (!this.stopping.signal.aborted) await this.recover(error);
      }
    }
  }

  private async readOnce(): Promise<void> {
    this.connectionId ??= await this.blocking.client('ID');
    const count = Math.min(READ_COUNT, this.inFlight.free);
    const reply: unknown = await this.blocking.xreadgroup(
      'GROUP',
      GROUP,
      this.consumer,
      'COUNT',
      count,
      'BLOCK',
      BLOCK_MS,
      'STREAMS',
      this.stream,
      '>',
    );
    const [perStream] = Array.isArray(reply) ? reply : [];
    if (Array.isArray(perStream)) for (const entry of entriesOf(perStream[1])) this.serve(entry);
  }

  /** Redis restarted without its data, or is not to be reached. */
  private async recover(error: unknown): Promise<void> {
    if (error instanceof Error && error.message.includes('NOGROUP')) {
      await ensureGroup(this.control, this.stream).catch(() => undefined);
    }
    await setTimeout(RETRY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
