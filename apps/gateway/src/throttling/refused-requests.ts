import { Inject, Injectable } from '@nestjs/common';
import { ThrottlerStorage } from '@nestjs/throttler';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { REQUESTS_PER_MINUTE } from '../tokens';

const MINUTE_MS = 60_000;

/** Counts requests that brought no good token into the number of their address: they end before those of a session are counted. */
@Injectable()
export class RefusedRequests {
  constructor(
    @Inject(ThrottlerStorage) private readonly storage: ThrottlerStorage,
    @Inject(REQUESTS_PER_MINUTE) private readonly limit: number,
  ) {}

  /** Throws THROTTLED where they were too many. */
  async count(address: string): Promise<void> {
    const key = `snowflow:throttle:${address}`;
    const { isBlocked, timeToBlockExpire } = await this.storage.increment(
      key,
      MINUTE_MS,
      this.limit,
      MINUTE_MS,
      'default',
    );
    if (!isBlocked) return;
    throw new AppError('THROTTLED', 'Too many requests without a good token. Wait a little.', {
      retryAfterSeconds: timeToBlockExpire,
    });
  }
}
