import type { OnApplicationShutdown, OnModuleDestroy } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { runChannel, runEndedChannel } from '@snowflow/contracts/runs/run-channel';
import { spokenChannel } from '@snowflow/contracts/runs/spoken-text';
import { askForSignsOfLife } from '@snowflow/transport/silent-redis';
import type { Redis } from 'ioredis';

const SPOKEN = spokenChannel('');
const SUBSCRIBE_MS = 5_000;

/** A reader's ear on one run. Nothing that is said between two looks is missed: `next` answers at once then. */
export interface Listening {
  /** Resolves true on news, false on what was spoken, when `timeoutMs` passed without any or the listening was closed. */
  next(timeoutMs: number): Promise<boolean>;
  /** What agents said since the last look, the latest only and still sealed. */
  spoken(): string | undefined;
  /** Nobody listens any more: the client has gone, or this process stops. */
  readonly isClosed: boolean;
  close(): void;
}

/** "This run has new events", from workers to all readers in this process over ONE Redis subscription. News is a nudge: it carries no event. */
export class RunNews implements OnModuleDestroy, OnApplicationShutdown {
  private readonly ears = new Map<string, Set<RunListening>>();
  private stopping = false;
  private readonly subscriber: Redis;

  constructor(redis: Redis) {
    // What it subscribes to again after a gap is awaited by nobody: these commands must never fail.
    this.subscriber = redis.duplicate({ lazyConnect: true, maxRetriesPerRequest: null, commandTimeout: undefined });
    askForSignsOfLife(this.subscriber);
    this.subscriber.on('message', (channel: string, message: string) => {
      this.ears.get(channel)?.forEach((ear) => (channel.startsWith(SPOKEN) ? ear.hearSpoken(message) : ear.hear()));
    });
    this.subscriber.on('error', () => undefined);
  }

  /** Hears of every event of a run, and what its agents say. Readers of the same run share subscriptions; they are there when this resolves. */
  listen(runId: string): Promise<Listening> {
    return this.listenTo(runChannel(runId), spokenChannel(runId));
  }

  /** Hears only that a run has ended. */
  listenForEnd(runId: string): Promise<Listening> {
    return this.listenTo(runEndedChannel(runId));
  }

  private async listenTo(...channels: string[]): Promise<Listening> {
    if (this.stopping) throw new AppError('UNAVAILABLE', 'This part of SnowFlow is stopping. Try again.');
    const listening = new RunListening(() => channels.forEach((channel) => this.leave(channel, listening)));
    for (const channel of channels) {
      const ears = this.ears.get(channel) ?? new Set<RunListening>();
      ears.add(listening);
      this.ears.set(channel, ears);
    }
    try {
      await this.subscribe(channels);
    } catch (error) {
      listening.close();
      throw error;
    }
    return listening;
  }

  private async subscribe(channels: string[]): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const away = new AppError('UNAVAILABLE', 'Nobody can listen to this run now. Try again.', {
        retryAfterSeconds: 2,
      });
      timer = setTimeout(() => reject(away), SUBSCRIBE_MS);
    });
    await Promise.race([this.subscriber.subscribe(...channels), late]).finally(() => clearTimeout(timer));
  }

  /** Ends every stream before the server closes, so that clients reconnect to another gateway at once. */
  onModuleDestroy(): void {
    this.stopping = true;
    for (const ears of this.ears.values()) for (const ear of ears) ear.close();
  }

  onApplicationShutdown(): void {
    this.subscriber.disconnect();
  }

  private leave(channel: string, ear: RunListening): void {
    const ears = this.ears.get(channel);
    if (!ears?.delete(ear) || ears.size > 0) return;
    this.ears.delete(channel);
    this.subscriber.unsubscribe(channel).catch(() => undefined);
  }
}

class RunListening implements Listening {
  private unheard = false;
  private lastSpoken: string | undefined;
  isClosed = false;
  private wake: ((news: boolean) => void) | undefined;

  constructor(private readonly left: () => void) {}

  hear(): void {
    this.unheard = true;
    this.wake?.(true);
  }

  hearSpoken(sealed: string): void {
    this.lastSpoken = sealed;
    this.wake?.(false);
  }

  spoken(): string | undefined {
    const sealed = this.lastSpoken;
    this.lastSpoken = undefined;
    return sealed;
  }

  async next(timeoutMs: number): Promise<boolean> {
    if (!this.unheard && !this.isClosed && this.lastSpoken === undefined) {
      await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), timeoutMs);
        this.wake = (news) => {
          clearTimeout(timer);
          resolve(news);
        };
      });
      this.wake = undefined;
    }
    const news = this.unheard && !this.isClosed;
    this.unheard = false;
    return news;
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.wake?.(false);
    this.left();
  }
}
