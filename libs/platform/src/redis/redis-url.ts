import { redisTarget } from '@snowflow/contracts/redis/redis-target';
import { type EnvVariable, text } from '../env/env-schema';

/** The variable `REDIS_URL` of every program: one that leads nowhere is refused at the start, and not at the first connection. */
export const REDIS_URL: EnvVariable<string> = {
  ...text(
    'Redis, as redis://host:port, or what its sentinels call so, as redis+sentinel://host:port,host:port/master',
    {
      secret: true,
    },
  ),
  form: 'URL',
  parse(url) {
    redisTarget(url);
    return url;
  },
};
