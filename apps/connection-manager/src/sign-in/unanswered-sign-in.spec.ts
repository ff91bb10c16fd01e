import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { generateKeyPairSync } from 'node:crypto';
import type { AppError } from '@snowflow/contracts/errors/app-error';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { Replica } from '../testing/replica';

const PROMISED_MS = 10_000;
const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const client = { provider: 'snowflake', clientId: 'client', clientSecret: 'secret' };
const oauth = { client, code: 'code', codeVerifier: 'v'.repeat(43), redirectUri: 'http://localhost/callback' };
const nobody = { username: undefined, password: undefined };

const WAYS: [string, object][] = [
  ['a password', {}],
  ['a password and a passcode', { passcode: '123456' }],
  ['a key pair', { authenticator: 'key-pair', password: undefined, privateKey }],
  ['a token', { authenticator: 'pat', password: undefined, token: 'token' }],
  ['OAuth', { authenticator: 'oauth', ...nobody, oauth }],
];

interface Tried {
  outcomes: Record<string, string>;
  tookMs: number;
}

jest.setTimeout(60_000);

describe('Signing in to an account that', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let silent: Server;
  let tried: { silent: Tried; swallowing: Tried; nowhere: Tried };
  const sockets = new Set<Socket>();

  beforeAll(async () => {
    redis = await startRedis();
    silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const { port } = silent.address() as AddressInfo;
    // All start before the time of any is taken.
    const replicas = await Promise.all(
      [`http://127.0.0.1:${port}`, 'http://192.0.2.1', 'http://no-such.snowflakecomputing.invalid'].map((demoOrigin) =>
        Replica.start({ redisUrl: redis.url, demoOrigin }),
      ),
    );
    const [unanswered, swallowing, nowhere] = (await Promise.all(replicas.map(tryAll))) as [Tried, Tried, Tried];
    await Promise.all(replicas.map((replica) => replica.stop()));
    tried = { silent: unanswered, swallowing, nowhere };
  });
  afterAll(async () => {
    sockets.forEach((socket) => socket.destroy());
    silent.close();
    await redis.stop();
  });

  /** What each way to sign in comes to, all at once, and how long the slowest took. */
  async function tryAll(replica: Replica): Promise<Tried> {
    const startedAtMs = Date.now();
    const outcomes = await Promise.all(
      WAYS.map(async ([way, more]) => {
        const refusal = await replica.signIn(more).then(
          () => undefined,
          (error: unknown) => error as AppError,
        );
        return [way, `${refusal?.code} ${String(refusal?.details.extensions?.['reason'])}`];
      }),
    );
    const tookMs = Date.now() - startedAtMs;
    return { outcomes: Object.fromEntries(outcomes) as Record<string, string>, tookMs };
  }

  const all = (outcome: string) => Object.fromEntries(WAYS.map(([way]) => [way, outcome]));

  it('takes connections and never answers says so, for each way within ten seconds', () => {
    const { outcomes, tookMs } = tried.silent;
    expect(outcomes).toEqual({
      ...all('SNOWFLAKE_UNREACHABLE NO_ANSWER'),
      OAuth: 'SNOWFLAKE_UNREACHABLE PROVIDER_NO_ANSWER',
    });
    expect(tookMs).toBeLessThan(PROMISED_MS);
  });

  it('swallows packets is told apart from it', () => {
    const { outcomes, tookMs } = tried.swallowing;
    expect(outcomes).toEqual(all('SNOWFLAKE_UNREACHABLE NO_CONNECTION'));
    expect(tookMs).toBeLessThan(PROMISED_MS);
  });

  it('has no address is told apart from both', () => {
    const { outcomes, tookMs } = tried.nowhere;
    expect(outcomes).toEqual(all('SNOWFLAKE_UNREACHABLE ACCOUNT_UNKNOWN'));
    expect(tookMs).toBeLessThan(PROMISED_MS);
  });
});
