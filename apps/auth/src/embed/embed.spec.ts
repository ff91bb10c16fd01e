import type { ConnectReply } from '@snowflow/contracts/auth/auth.dto';
import { EMBED_TOKEN_AUDIENCE, type EmbedSubject } from '@snowflow/contracts/embed/embed-token';
import { runInScope } from '@snowflow/transport/request-scope';
import { StandInSnowflake } from '../testing/stand-in-snowflake';
import { startAuth, TestAuth } from '../testing/test-auth';

const of: EmbedSubject = { workflowId: 'wf_1', revision: 3, view: 'canvas', publication: null, key: null };

describe('Embedding', () => {
  let auth: TestAuth;
  let snowflake: StandInSnowflake;
  let owner: Required<ConnectReply>;
  let accounts = 0;

  beforeAll(async () => {
    auth = await startAuth();
  });
  afterAll(() => auth.stop());
  beforeEach(async () => {
    snowflake = new StandInSnowflake(auth);
    accounts += 1;
    snowflake.roles['OWNER'] = ['ACCOUNTADMIN'];
    owner = await signIn('owner');
  });

  const signIn = (username: string) => snowflake.connect({ account: `org-e${accounts}`, username });
  const save = (parents: string[], by = owner) => snowflake.as(by, () => auth.client.saveEmbedSettings({ parents }));
  const sign = (origin?: string) =>
    snowflake.as(owner, () => auth.client.signEmbedToken({ of, ttlSeconds: 60, origin }));
  /** As the gateway asks, for nobody. */
  const frame = (embedId: string) =>
    runInScope({ context: { correlationId: 'frame' } }, () => auth.client.embedFrame({ embedId }));
  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;

  it('is allowed to origins by an admin, under an id that stays', async () => {
    expect(await snowflake.as(owner, () => auth.client.embedSettings({}))).toEqual({ embedId: null, parents: [] });
    const saved = await save(['https://App.example.com/', 'https://app.example.com']);
    expect(saved).toEqual({ embedId: expect.stringMatching(/^emb_/), parents: ['https://app.example.com'] });
    const { embedId } = saved;
    expect(await save(['http://localhost:3000'])).toEqual({ embedId, parents: ['http://localhost:3000'] });
    expect(await frame(embedId ?? '')).toEqual({ parents: ['http://localhost:3000'] });
    expect(await frame('emb_0000000000000000000000')).toEqual({ parents: [] });
  });

  it('is not for others to allow, and not to what is no origin', async () => {
    const builder = await signIn('builder');
    await expect(save(['https://app.example.com'], builder)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(save(['https://app.example.com', '*'])).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path: 'parents.1', message: expect.any(String) }] },
    });
    expect(await snowflake.as(owner, () => auth.client.embedSettings({}))).toMatchObject({ parents: [] });
  });

  it('takes a token for the tenant, its id and origins, that ends when it was asked to', async () => {
    await expect(sign()).rejects.toMatchObject({ code: 'VALIDATION' });
    const { embedId } = await save(['https://*.example.com', 'http://localhost:3000']);
    const { token, path, expiresAt } = await sign('https://app.example.com');
    expect(path).toBe(`/embed/${embedId}`);
    const claims = claimsOf(token);
    expect(claims).toMatchObject({
      aud: EMBED_TOKEN_AUDIENCE,
      tid: owner.session.tenantId,
      emb: embedId,
      org: ['https://app.example.com'],
      of,
    });
    expect(claims).not.toHaveProperty('sid');
    const leftMs = Date.parse(expiresAt) - Date.now();
    expect(leftMs).toBeGreaterThan(50_000);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    expect(claimsOf((await sign()).token)['org']).toEqual(['https://*.example.com', 'http://localhost:3000']);
    await expect(sign('https://stranger.example.org')).rejects.toMatchObject({ code: 'VALIDATION' });
  });
});
