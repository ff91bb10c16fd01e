import { homeOf, readEnv } from './env';

const given = { REDIS_URL: 'redis://localhost:1', SEALING_KEYS: 'k1:key' };

describe('The environment of connection-manager', () => {
  it('asks Snowflake about a session at least every five minutes', () => {
    expect(readEnv({ ...given, LIVE_CHECK_SECONDS: '300' }).LIVE_CHECK_SECONDS).toBe(300);
    expect(() => readEnv({ ...given, LIVE_CHECK_SECONDS: '301' })).toThrow('LIVE_CHECK_SECONDS is more than 300');
  });

  it('lets no session that nobody uses be kept alive by its own heartbeat', () => {
    const idle = { ...given, LIVE_CONNECTION_IDLE_MS: '900000' };
    expect(() => readEnv(idle)).toThrow('LIVE_CONNECTION_IDLE_MS must be less than SESSION_HEARTBEAT_MS');
    expect(readEnv({ ...idle, SESSION_HEARTBEAT_MS: '900001' }).LIVE_CONNECTION_IDLE_MS).toBe(900_000);
  });

  it('names the account it runs in only inside Snowflake, and only on a host of Snowflake', () => {
    const told = {
      ...given,
      SNOWFLAKE_HOST: 'ab12345.eu-central-1.snowflakecomputing.com',
      SNOWFLAKE_ACCOUNT: 'AB12345',
    };
    const inside = { ...told, NATIVE_APP: 'on' };
    expect(homeOf(readEnv(inside))).toEqual({
      account: 'ab12345',
      origin: 'https://ab12345.eu-central-1.snowflakecomputing.com',
    });
    const inCapitals = { ...inside, SNOWFLAKE_HOST: inside.SNOWFLAKE_HOST.toUpperCase() };
    expect(homeOf(readEnv(inCapitals))).toEqual(homeOf(readEnv(inside)));
    expect([homeOf(readEnv(told)), homeOf(readEnv({ ...given, NATIVE_APP: 'on' }))]).toEqual([undefined, undefined]);
    for (const host of ['evil.example', 'x.snowflakecomputing.com.evil.example', 'x.snowflakecomputing.com:1', 'a/b'])
      expect(() => readEnv({ ...inside, SNOWFLAKE_HOST: host })).toThrow('SNOWFLAKE_HOST must be a host of');
  });
});
