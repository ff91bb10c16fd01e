import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { createHash } from 'node:crypto';
import { startCredentials, TestCredentials } from '../testing/test-credentials';

describe("Everybody's API keys", () => {
  let auth: TestCredentials;
  let owner: SessionRecord;
  let ann: SessionRecord;
  beforeAll(async () => {
    auth = await startCredentials();
    owner = await auth.person('OWNER', 'owner');
    ann = await auth.person('ANN');
  });
  afterAll(() => auth?.stop());

  const make = (by: SessionRecord, name: string) =>
    auth.as(by, () => auth.client.createApiKey({ name, days: 30, publications: ['pub_1'] }));
  const list = async (by: SessionRecord) => (await auth.as(by, () => auth.client.tenantApiKeys({}))).items;
  const revoke = (by: SessionRecord, id: string) => auth.as(by, () => auth.client.revokeTenantApiKey({ id }));
  const recorded = (id: string) =>
    auth.sql(`SELECT actor_name, before FROM auth.audit_entries WHERE action = 'key.revoked' AND object_id = $1`, [id]);

  it('are shown to owners and admins with whose they are, and never with their secret', async () => {
    const { key, id, ...made } = await make(ann, 'Reports');
    const admin = await auth.person('ADA', 'admin');
    for (const by of [owner, admin]) {
      const found = (await list(by)).find((one) => one.id === id);
      expect(found).toEqual({ ...made, id, userId: ann.userId, username: 'ANN' });
      expect(JSON.stringify(await list(by))).not.toContain(key.slice(id.length + 1));
    }
  });

  it('are nothing to others, nor to the admin of another tenant', async () => {
    const { id } = await make(owner, 'Mine');
    await expect(list(ann)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(revoke(ann, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await auth.sql(
      `INSERT INTO auth.tenants (tenant_id, organization, region, locator) VALUES ('ten_x', 'X', 'X', 'X')`,
    );
    await auth.sql(`UPDATE auth.api_keys SET tenant_id = 'ten_x' WHERE id = $1`, [id]);
    expect((await list(owner)).map((one) => one.id)).not.toContain(id);
    await expect(revoke(owner, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await recorded(id)).toEqual([]);
  });

  it('let nobody in once they are revoked, and it is recorded who revoked whose', async () => {
    const { id, key } = await make(ann, 'Nightly');
    const hash = createHash('sha256').update(key).digest('base64url');
    const identify = () => auth.inTenant(ann.tenantId, () => auth.client.identifyApiKey({ hash }));
    await expect(identify()).resolves.toMatchObject({ id });
    await revoke(owner, id);
    await expect(identify()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await recorded(id)).toEqual([
      {
        actor_name: 'OWNER',
        before: JSON.stringify({ ownerId: ann.userId, owner: 'ANN', publications: ['pub_1'] }),
      },
    ]);
    await expect(revoke(owner, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
