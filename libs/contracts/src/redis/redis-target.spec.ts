import { redisTarget } from './redis-target';

const problemOf = (url: string): string => {
  try {
    redisTarget(url);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('Where a connection to Redis leads', () => {
  it.each([
    ['redis://redis', { host: 'redis', port: 6379, db: 0 }],
    ['redis://:p%40ss+word@redis:1/3', { host: 'redis', port: 1, password: 'p@ss+word', db: 3 }],
    [
      'redis://app:secret@redis/?db=2&family=6',
      { host: 'redis', username: 'app', password: 'secret', db: 2, family: 6 },
    ],
    ['rediss://[::1]:6380', { host: '::1', port: 6380, tls: {} }],
  ])('is one address: %s', (url, target) => {
    expect(redisTarget(url)).toMatchObject(target);
    expect(redisTarget(url)).not.toHaveProperty('sentinels');
  });

  it('is the master of a name, whom every sentinel is asked for', () => {
    expect(redisTarget('redis+sentinel://a,b.example:26380,[::1]:7/my-master')).toMatchObject({
      sentinels: [
        { host: 'a', port: 26379 },
        { host: 'b.example', port: 26380 },
        { host: '::1', port: 7 },
      ],
      name: 'my-master',
      role: 'master',
      db: 0,
    });
    expect(redisTarget('redis+sentinel://a/m')).not.toHaveProperty('tls');
  });

  it('has credentials for Redis and others for its sentinels', () => {
    const url = 'redis+sentinel://app:a%3Ab@c:d%2F@s/m?db=2&sentinelUsername=watch&sentinelPassword=x+%26=@y';
    expect(redisTarget(url)).toMatchObject({
      username: 'app',
      password: 'a:b@c:d/',
      db: 2,
      sentinelUsername: 'watch',
      sentinelPassword: 'x+&=@y',
    });
    expect(redisTarget('redis+sentinel://:only@s/m')).not.toHaveProperty('username');
    expect(redisTarget('redis+sentinel://:only@s/m')).toMatchObject({ password: 'only' });
  });

  it('is reached by TLS, Redis and sentinels alike', () => {
    expect(redisTarget('rediss+sentinel://a/m')).toMatchObject({
      tls: {},
      sentinelTLS: {},
      enableTLSForSentinelMode: true,
    });
  });

  it('is asked for again within a second while there is no master', () => {
    const target = redisTarget('redis+sentinel://a/m');
    const delays = [1, 5, 1_000].map((attempt) => 'retryStrategy' in target && target.retryStrategy(attempt));
    expect(delays).toEqual([100, 500, 1_000]);
  });

  it.each([
    ['http://:canary@redis', /begins with redis/],
    ['canary', /begins with redis/],
    ['redis://:canary@redis:port', /begins with redis/],
    ['redis://:canary@', /begins with redis|names no host/],
    ['redis://:canary@redis/first', /database that is no number/],
    ['redis://:canary%@redis', /write %25/],
    ['redis://redis?password=canary', /parameter that is none of db, family/],
    ['redis://redis?family=canary', /family/],
    ['redis+sentinel://:canary@', /names no sentinels/],
    ['redis+sentinel://:canary@a', /does not name the master/],
    ['redis+sentinel://a/can ary', /does not name the master/],
    ['redis+sentinel://:canary@a,,b/m', /not a host and a port/],
    ['redis+sentinel://:canary@a:0/m', /not a host and a port/],
    ['redis+sentinel://:canary@a:70000/m', /not a host and a port/],
    ['redis+sentinel://a/m?sentinelPasword=canary', /none of db, sentinelUsername, sentinelPassword/],
    ['redis+sentinel://a/m?sentinelPassword=canary%', /write %25/],
    ['redis+sentinel://a/m/canary', /names no sentinels/],
  ])('says what is wrong and quotes nothing of it: %s', (url, problem) => {
    expect(problemOf(url)).toMatch(problem);
    expect(problemOf(url)).not.toContain('canary');
  });
});
