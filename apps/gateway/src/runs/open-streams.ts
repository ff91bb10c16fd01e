import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { STREAMS_PER_SESSION } from '../tokens';

const AGAIN_SECONDS = 15;

/** Counts the streams that each session has open here: one costs memory and a subscription for as long as its client likes. */
@Injectable()
export class OpenStreams {
  private readonly counts = new Map<string, number>();

  constructor(@Inject(STREAMS_PER_SESSION) private readonly limit: number) {}

  /** Counts one more, and answers what ends it. Throws THROTTLED where the session has as many as it may. */
  open(sessionId: string): () => void {
    const count = this.counts.get(sessionId) ?? 0;
    if (count >= this.limit) {
      throw new AppError('THROTTLED', `This session follows ${count} runs already. Close one of them first.`, {
        retryAfterSeconds: AGAIN_SECONDS,
      });
    }
    this.counts.set(sessionId, count + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.close(sessionId);
    };
  }

  private close(sessionId: string): void {
    const left = (this.counts.get(sessionId) ?? 0) - 1;
    if (left > 0) this.counts.set(sessionId, left);
    else this.counts.delete(sessionId);
  }
}
