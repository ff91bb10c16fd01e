import { ExecutionContext, Injectable } from '@nestjs/common';
import { ThrottlerGuard, ThrottlerLimitDetail } from '@nestjs/throttler';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { GatewayRequest } from '../scope/person';

/** So many requests a minute for each session; where there is none yet, for each client address. Every route counts into one number. */
@Injectable()
export class SessionThrottlerGuard extends ThrottlerGuard {
  protected override getTracker(request: GatewayRequest): Promise<string> {
    return Promise.resolve(request.user?.sessionId ?? request.ip);
  }

  protected override generateKey(_context: ExecutionContext, tracker: string): string {
    return `snowflow:throttle:${tracker}`;
  }

  protected override throwThrottlingException(_context: ExecutionContext, limit: ThrottlerLimitDetail): Promise<void> {
    throw new AppError('THROTTLED', 'Too many requests in a minute. Wait a little.', {
      retryAfterSeconds: limit.timeToBlockExpire,
    });
  }
}
