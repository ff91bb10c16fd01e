import { parseEnv } from '../env/env-schema';
import { REDIS_URL } from './redis-url';

const read = (url: string) => parseEnv({ REDIS_URL }, { REDIS_URL: url }).REDIS_URL;

describe('REDIS_URL', () => {
  it.each(['redis://:secret@redis:6379', 'rediss://redis', 'redis+sentinel://:secret@a,b,c/snowflow?db=1'])(
    'is taken as it is: %s',
    (url) => expect(read(url)).toBe(url),
  );

  it.each([
    ['http://:canary@redis', 'is no URL that begins with redis://'],
    ['redis+sentinel://:canary@a,b?sentinelPassword=canary', 'does not name the master behind its sentinels'],
    ['redis+sentinel://:canary@a/m?sentinelPasword=canary', 'has a parameter that is none of db'],
  ])('that leads nowhere is refused by its name, and none of it is told: %s', (url, problem) => {
    const refusal = () => read(url);
    expect(refusal).toThrow(`REDIS_URL ${problem}`);
    expect(refusal).not.toThrow(/canary/);
  });
});
