import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import type { SessionRef } from '../sessions/sealed-session.repository';
import { Replica } from '../testing/replica';
import { type Answer, refusal } from '../testing/scripted-warehouse';
import { StrictSnowflake } from '../testing/strict-snowflake';
import { requireDefaultRole } from './cortex-context';
import { cortexPath } from './cortex-path';
import { CortexService } from './cortex.service';

const CHAT = '/api/v2/cortex/v1/chat/completions';

describe('What is asked of Cortex', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let snowflake: StrictSnowflake;
  let replica: Replica;
  let ref: SessionRef;
  let context: PinnedContext;

  beforeAll(async () => {
    redis = await startRedis();
    snowflake = await StrictSnowflake.start();
    replica = await Replica.start({ redisUrl: redis.url, demoOrigin: snowflake.server.origin });
    ({ ref, context } = await replica.signIn());
  }, 30_000);
  afterAll(async () => {
    await replica.stop();
    await snowflake.stop();
    await redis.stop();
  });

  const ask = (more: object = {}) =>
    replica.app
      .get(CortexService)
      .ask(ref, { service: 'chat', body: { model: 'm' }, context, timeoutMs: 5_000, ...more });
  const answers = (answer: Answer) => snowflake.server.on(CHAT, answer);

  it('carries the session’s token, the pinned role and warehouse', async () => {
    answers({ choices: [] });
    expect(await ask({ context: { ...context, role: 'ANALYST', warehouse: 'my wh' } })).toEqual({
      body: { choices: [] },
    });
    const seen = snowflake.server.seenAt(CHAT).at(-1);
    expect(seen).toMatchObject({
      method: 'POST',
      headers: { 'x-snowflake-role': 'ANALYST', 'x-snowflake-warehouse': '"my wh"' },
      body: { model: 'm' },
    });
    expect(seen?.headers.authorization).toBe(`Snowflake Token="${snowflake.sessions.at(-1)?.token}"`);
  });

  it('is asked once more with a new token where Snowflake says with status 200 that it has expired', async () => {
    const renewals = snowflake.renewals;
    let asked = 0;
    answers(() => ((asked += 1) === 1 ? refusal('390112', 'Session token has expired.') : { choices: [] }));
    expect(await ask()).toEqual({ body: { choices: [] } });
    expect([asked, snowflake.renewals - renewals]).toEqual([2, 1]);
  });

  it('is not asked a third time', async () => {
    let asked = 0;
    answers(() => {
      asked += 1;
      return refusal('390112', 'Session token has expired.');
    });
    await expect(ask()).rejects.toMatchObject({ code: 'CORTEX_FAILED' });
    expect(asked).toBe(2);
  });

  it('says what Cortex said against it, by its status', async () => {
    answers((_, response) => {
      response.statusCode = 400;
      return { message: 'unknown model m' };
    });
    await expect(ask()).rejects.toMatchObject({
      code: 'CORTEX_FAILED',
      message: 'Cortex answered with status 400: unknown model m',
      details: { extensions: { cortexStatus: 400 } },
    });
  });

  it('is given up in time', async () => {
    answers(() => undefined);
    await expect(ask({ timeoutMs: 1_000 })).rejects.toMatchObject({ code: 'CORTEX_FAILED' });
  });

  it('reads no more than a megabyte', async () => {
    answers(() => ({ text: 'x'.repeat(1_100_000) }));
    await expect(ask()).rejects.toMatchObject({ code: 'CORTEX_FAILED' });
  });

  it('goes to a search service by a name that leads nowhere else', () => {
    const search = { database: 'DB', schema: 'my schema', name: '../../x?y' };
    expect(cortexPath({ service: 'search', search })).toBe(
      '/api/v2/databases/DB/schemas/%22my%20schema%22/cortex-search-services/%22..%2F..%2Fx%3Fy%22:query',
    );
    expect(() => cortexPath({ service: 'search' })).toThrow('Name the search service');
  });

  it('is refused on a real account under any other than the default role, saying why', () => {
    expect(() => requireDefaultRole('analyst', 'ANALYST', 'PUBLIC')).toThrow(
      /Cortex Analyst under a person's default role: your default role is PUBLIC, and this runs as ANALYST/,
    );
    expect(() => requireDefaultRole('chat', 'ANALYST', null)).toThrow('no default role');
    expect(() => requireDefaultRole('chat', 'ANALYST', 'ANALYST')).not.toThrow();
    expect(() => requireDefaultRole('chat', null, 'PUBLIC')).not.toThrow();
  });
});
