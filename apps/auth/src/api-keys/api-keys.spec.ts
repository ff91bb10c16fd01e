import { createHash } from 'node:crypto';
import { startCredentials, TestCredentials } from '../testing/test-credentials';

describe('API keys', () => {
  let auth: TestCredentials;
  beforeAll(async () => {
    auth = await startCredentials();
  });
  afterAll(() => auth.stop());

  it('are shown once, and only their hash stays', async () => {
    const ann = await auth.person('ANN');
    const made = await auth.as(ann, () => auth.client.createApiKey({ name: 'Reports', days: 30 }));
    expect(made.key).toMatch(/^sfk_[A-Za-z0-9]{22}_[A-Za-z0-9_-]{43}$/);
    expect(made.key.startsWith(made.prefix)).toBe(true);
    expect(Date.parse(made.expiresAt) - Date.now()).toBeGreaterThan(29.9 * 86_400_000);
    const { key, ...view } = made;
    expect(await auth.as(ann, () => auth.client.apiKeys({}))).toEqual({ items: [view], nextCursor: null });
    const dump = await auth.dump();
    expect(dump).not.toContain(key.slice(made.id.length + 1));
    expect(dump).toContain(createHash('sha256').update(key).digest('base64url'));
  });

  it('are nobody elses to see or remove', async () => {
    const [bob, cid] = [await auth.person('BOB'), await auth.person('CID', 'owner')];
    const { id } = await auth.as(bob, () => auth.client.createApiKey({ name: 'k', days: 1 }));
    expect(await auth.as(cid, () => auth.client.apiKeys({}))).toMatchObject({ items: [] });
    const removal = auth.as(cid, () => auth.client.removeApiKey({ id }));
    await expect(removal).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await auth.as(bob, () => auth.client.removeApiKey({ id }));
    expect(await auth.as(bob, () => auth.client.apiKeys({}))).toMatchObject({ items: [] });
  });

  it('are not made by viewers, and go with who leaves', async () => {
    const vic = await auth.person('VIC', 'viewer');
    const attempt = auth.as(vic, () => auth.client.createApiKey({ name: 'k', days: 1 }));
    await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const dan = await auth.person('DAN');
    await auth.as(dan, () => auth.client.createApiKey({ name: 'k', days: 1 }));
    await auth.inTenant(dan.tenantId, () => auth.as(dan, () => auth.departures.left(dan.tenantId, dan.userId)));
    expect(await auth.as(dan, () => auth.client.apiKeys({}))).toMatchObject({ items: [] });
  });

  it('let nobody in while their owner is a viewer, or once they were removed', async () => {
    const eve = await auth.person('EVE');
    const { key } = await auth.as(eve, () => auth.client.createApiKey({ name: 'k', days: 1 }));
    const hash = createHash('sha256').update(key).digest('base64url');
    const identify = () => auth.inTenant(eve.tenantId, () => auth.client.identifyApiKey({ hash }));
    const becomes = (what: string) => auth.sql(`UPDATE auth.users SET ${what} WHERE id = $1`, [eve.userId]);
    await expect(identify()).resolves.toMatchObject({ tenantId: eve.tenantId });
    await becomes(`app_role = 'viewer'`);
    await expect(identify()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await becomes(`app_role = 'builder'`);
    await expect(identify()).resolves.toMatchObject({ name: 'k' });
    await becomes(`state = 'removed'`);
    await expect(identify()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
