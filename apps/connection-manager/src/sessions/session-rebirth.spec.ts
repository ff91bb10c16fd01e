import { Redis } from 'ioredis';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { existing } from '../testing/existing';
import { Replica } from '../testing/replica';
import { RotatingProvider } from '../testing/rotating-provider';
import { StrictSnowflake } from '../testing/strict-snowflake';

const HOUR_MS = 3_600_000;
const oauth = {
  client: { provider: 'snowflake', clientId: 'client', clientSecret: 'secret' },
  code: 'code',
  codeVerifier: 'v'.repeat(43),
  redirectUri: 'http://localhost/callback',
};

describe('A session that Snowflake ended, under a provider that takes each refresh token once', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;
  let snowflake: StrictSnowflake;
  let provider: RotatingProvider;
  let replica: Replica;

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });
  beforeEach(async () => {
    snowflake = await StrictSnowflake.start();
    provider = new RotatingProvider(snowflake);
    replica = await Replica.start({ redisUrl: server.url, demoOrigin: snowflake.server.origin });
  });
  afterEach(async () => {
    await replica.stop();
    await snowflake.stop();
  });

  const signIn = (signInEndsAt?: string) =>
    replica.signIn({ authenticator: 'oauth', username: undefined, password: undefined, oauth, signInEndsAt });
  const endInSnowflake = () => Object.assign(existing(snowflake.sessions.at(-1)), { expiresAtMs: 0, master: 'gone' });

  it('begins anew although the login fails at first, and each refresh token is used once', async () => {
    const { ref, context } = await signIn();
    endInSnowflake();
    snowflake.isAway = true;
    await expect(replica.run(ref, context, 'SELECT 1')).rejects.toMatchObject({ code: 'SNOWFLAKE_UNREACHABLE' });
    snowflake.isAway = false;
    await expect(replica.run(ref, context, 'SELECT 1')).resolves.toMatchObject({ state: 'succeeded' });
    expect(provider.thefts).toBe(0);
  });

  it('keeps what begins it anew until its sign-in is over, and no longer however often it is renewed', async () => {
    const { ref, context } = await signIn(new Date(Date.now() + 9 * HOUR_MS).toISOString());
    const keptHours = async () => (await redis.pttl(`snowflow:sf:${ref.sessionId}`)) / HOUR_MS;
    expect(await keptHours()).toBeCloseTo(9, 1);
    endInSnowflake();
    await replica.run(ref, context, 'SELECT 1');
    expect(await keptHours()).toBeCloseTo(9, 1);
  });
});
