import { authContract } from '@snowflow/contracts/auth/auth.contract';
import type { OauthClientDto } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { Redis } from 'ioredis';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { type Responder, startResponder } from '@snowflow/transport/testing/start-responder';
import { existing } from '../testing/existing';
import { Replica, sealer } from '../testing/replica';
import { RotatingProvider } from '../testing/rotating-provider';
import { StrictSnowflake } from '../testing/strict-snowflake';
import type { SessionRef } from './sealed-session.repository';

const bound = ({ tenantId, sessionId }: SessionRef) => `${tenantId}|${sessionId}`;
const HOUR_MS = 3_600_000;
const client: OauthClientDto = { provider: 'snowflake', clientId: 'client', clientSecret: 'secret-of-the-client' };
const oauth = {
  client,
  code: 'code',
  codeVerifier: 'v'.repeat(43),
  redirectUri: 'http://localhost/callback',
};

describe('A session that Snowflake ended, under a provider that takes each refresh token once', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;
  let auth: Responder<typeof authContract>;
  /** The tenant's client by now. */
  let inSettings: OauthClientDto;
  let snowflake: StrictSnowflake;
  let provider: RotatingProvider;
  let replica: Replica;

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    auth = await startResponder(authContract, {}, { url: server.url, sealer });
  });
  afterAll(async () => {
    redis.disconnect();
    await auth.stop();
    await server.stop();
  });
  beforeEach(async () => {
    inSettings = client;
    auth.answers.oauthClient = () => Promise.resolve(inSettings);
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

  it('is renewed with the secret that the settings have by now, which its record never had', async () => {
    const { ref, context } = await signIn();
    const record = async () =>
      sealer.open(existing(await redis.hget(`snowflow:sf:${ref.sessionId}`, 'sealed')), bound(ref));
    expect(await record()).not.toContain(client.clientSecret);
    provider.secret = 'rotated-secret';
    inSettings = { ...client, clientSecret: 'rotated-secret' };
    endInSnowflake();
    await expect(replica.run(ref, context, 'SELECT 1')).resolves.toMatchObject({ state: 'succeeded' });
    expect(await record()).not.toContain('rotated-secret');
  });

  it('sends its refresh token for no other client than it was given to', async () => {
    const { ref, context } = await signIn();
    inSettings = { ...client, clientId: 'another-client' };
    endInSnowflake();
    await expect(replica.run(ref, context, 'SELECT 1')).rejects.toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
    expect(provider.refreshes).toBe(0);
  });

  it('is renewed later where the settings do not answer', async () => {
    const { ref, context } = await signIn();
    auth.answers.oauthClient = () => Promise.reject(new AppError('UNAVAILABLE', 'The vault is away.'));
    endInSnowflake();
    await expect(replica.run(ref, context, 'SELECT 1')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    auth.answers.oauthClient = () => Promise.resolve(inSettings);
    await expect(replica.run(ref, context, 'SELECT 1')).resolves.toMatchObject({ state: 'succeeded' });
  });
});
