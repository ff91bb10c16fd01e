import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { existing } from '../testing/existing';
import { Replica } from '../testing/replica';
import { refusal } from '../testing/scripted-warehouse';
import { StrictSnowflake } from '../testing/strict-snowflake';
import { LiveCheck } from './live-check';
import type { SessionRef } from './sealed-session.repository';

jest.setTimeout(60_000);

describe('whether Snowflake still lets a session work', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let snowflake: StrictSnowflake;
  let replicas: Replica[];
  let ref: SessionRef;
  let context: PinnedContext;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());
  afterEach(async () => {
    await Promise.all(replicas.map((one) => one.stop()));
    await snowflake.stop();
  });

  const start = async (liveCheckSeconds: number) => {
    snowflake = await StrictSnowflake.start();
    const options = { redisUrl: redis.url, demoOrigin: snowflake.server.origin, liveCheckSeconds };
    replicas = [await Replica.start(options), await Replica.start(options)];
    ({ ref, context } = await replica(0).signIn());
    asked = timesAsked();
  };
  let asked = 0;
  const replica = (index: number) => existing(replicas[index]);
  const live = (index: number) => replica(index).app.get(LiveCheck);
  const timesAsked = () =>
    snowflake.server
      .seenAt('/queries/v1/query-request')
      .filter(({ body }) => body.sqlText?.includes('CURRENT_AVAILABLE_ROLES')).length;
  const submit = (index = 0) => replica(index).run(ref, context, 'SELECT 1');

  it('is asked once for all replicas and statements while the answer is fresh', async () => {
    await start(240);
    await Promise.all(Array.from({ length: 20 }, (_, at) => submit(at % 2)));
    const roles = await live(1).require(ref, context.role, await live(1).heard(ref));
    expect(roles).toEqual(snowflake.roles);
    expect(timesAsked() - asked).toBe(1);
  });

  it('is asked again when the answer is too old', async () => {
    await start(1);
    await submit();
    while (await live(0).heard(ref)) await new Promise(setImmediate);
    await submit(1);
    expect(timesAsked() - asked).toBe(2);
  });

  it('is asked before each statement where that is wanted: a revoked role fails the next one, and names it', async () => {
    await start(0);
    await submit();
    await submit(1);
    expect(timesAsked() - asked).toBe(2);
    snowflake.roles = ['ANALYST', 'PUBLIC'];
    await expect(submit()).rejects.toMatchObject({
      code: 'ROLE_REVOKED',
      message: expect.stringContaining('SYSADMIN') as string,
    });
    await expect(replica(1).run(ref, { ...context, role: 'ANALYST' }, 'SELECT 1')).resolves.toMatchObject({
      role: 'ANALYST',
    });
  });

  it('is asked anew before a role is said to be revoked: a grant holds at once', async () => {
    await start(240);
    await submit();
    snowflake.roles = [...snowflake.roles, 'NEW_ROLE'];
    const roles = await live(1).require(ref, 'NEW_ROLE', await live(1).heard(ref));
    expect(roles).toContain('NEW_ROLE');
  });

  it('is no more once the user is disabled, whatever ran before', async () => {
    await start(0);
    await submit();
    snowflake.refused = refusal('390101', 'User access disabled. Contact your local system administrator.');
    await expect(submit()).rejects.toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
    await expect(live(1).require(ref, null, '')).rejects.toMatchObject({ code: 'SNOWFLAKE_SESSION_ENDED' });
  });

  it('keeps nothing of a statement that it did not let through', async () => {
    await start(0);
    snowflake.roles = ['PUBLIC'];
    await expect(submit()).rejects.toMatchObject({ code: 'ROLE_REVOKED' });
    snowflake.roles = ['SYSADMIN', 'ANALYST'];
    await expect(replica(1).run(ref, { ...context, role: 'ANALYST' }, 'SELECT 1')).resolves.toMatchObject({
      role: 'ANALYST',
    });
  });
});
