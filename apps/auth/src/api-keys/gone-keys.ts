import { Inject, Injectable } from '@nestjs/common';
import { GONE_KEY_SECONDS, goneKeyOf } from '@snowflow/contracts/published/gone-key';
import { REDIS } from '@snowflow/platform/redis/redis.module';
import type { Redis } from 'ioredis';

/** Tells every gateway at once that secrets are no keys any more; each looks before it lets a key in that it remembers. */
@Injectable()
export class GoneKeys {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  async tell(hashes: readonly (string | null)[]): Promise<void> {
    const marks = hashes.flatMap((hash) => (hash === null ? [] : [goneKeyOf(hash)]));
    await Promise.all(marks.map((mark) => this.redis.set(mark, '1', 'EX', GONE_KEY_SECONDS)));
  }
}
