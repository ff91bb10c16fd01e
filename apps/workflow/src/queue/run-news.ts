import { Inject, Injectable } from '@nestjs/common';
import { runChannel, runEndedChannel } from '@snowflow/contracts/runs/run-channel';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';

/** Nudges readers that a run has new events. A lost nudge costs them a moment: the events stand in Postgres. */
@Injectable()
export class RunNews {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  tell(runId: string, lastSeq: number, ended: boolean): void {
    const channels = ended ? [runChannel(runId), runEndedChannel(runId)] : [runChannel(runId)];
    for (const channel of channels) this.redis.publish(channel, String(lastSeq)).catch(() => undefined);
  }
}
