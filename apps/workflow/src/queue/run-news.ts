import { Inject, Injectable } from '@nestjs/common';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { runChannel, runEndedChannel } from '@snowflow/contracts/runs/run-channel';
import { spokenBinding, spokenChannel, type SpokenText } from '@snowflow/contracts/runs/spoken-text';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';
import { SEALER } from '../sealer';

/** Nudges readers that a run has new events. A lost nudge costs them a moment: the events stand in Postgres. */
@Injectable()
export class RunNews {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  tell(runId: string, lastSeq: number, ended: boolean): void {
    const channels = ended ? [runChannel(runId), runEndedChannel(runId)] : [runChannel(runId)];
    for (const channel of channels) this.redis.publish(channel, String(lastSeq)).catch(() => undefined);
  }

  /** To who listens just now; nobody hears it later. */
  say(tenantId: string, runId: string, spoken: SpokenText): void {
    const sealed = this.sealer.seal(JSON.stringify(spoken), spokenBinding(tenantId, runId));
    this.redis.publish(spokenChannel(runId), sealed).catch(() => undefined);
  }
}
