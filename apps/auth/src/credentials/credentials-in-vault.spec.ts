import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestVault, TEST_MOUNTS, TestVault } from '../testing/hashicorp-vault';
import { startCredentials, TestCredentials } from '../testing/test-credentials';

const SECRET = 'canary-token-77aa';
const target = { workflowId: 'wf_1', revisionHash: 'a'.repeat(64), role: 'ANALYST', warehouse: null };

describe('Credentials in an outside vault', () => {
  let vault: TestVault;
  let directory: string;
  let auth: TestCredentials;
  let signedInBy: string[];

  beforeAll(async () => {
    vault = await startTestVault();
    directory = await mkdtemp(join(tmpdir(), 'snowflow-vault-'));
    await writeFile(join(directory, 'token'), vault.token);
    auth = await startCredentials({
      VAULT_ADDR: vault.address,
      VAULT_NAMESPACE: vault.namespace,
      VAULT_TOKEN_FILE: join(directory, 'token'),
      VAULT_KV_MOUNT: TEST_MOUNTS.kv,
      VAULT_TRANSIT_KEY: TEST_MOUNTS.transitKey,
    });
    auth.connections.answers.openStored = ({ role = null, warehouse, username = '', secret }) => {
      signedInBy.push(secret);
      const context = { role, secondaryRoles: 'NONE' as const, warehouse, database: null, schema: null };
      const account = { organization: 'SNOWFLOW', region: 'LOCAL', locator: 'DEMO' };
      return Promise.resolve({ account, username, context, roles: ['SYSADMIN', 'ANALYST'] });
    };
    auth.connections.answers.close = () => Promise.resolve({ done: true as const });
  });
  beforeEach(() => {
    signedInBy = [];
  });
  afterAll(async () => {
    await auth.stop();
    await vault.stop();
    await rm(directory, { recursive: true });
  });

  async function approved(username: string) {
    const ann = await auth.person(username);
    const { id } = await auth.as(ann, () =>
      auth.client.storeCredential({ name: 'Nightly', kind: 'pat', secret: SECRET }),
    );
    const { bindings } = await auth.as(ann, () => auth.client.proposeBinding({ id, ...target }));
    await auth.as(ann, () => auth.client.approveBinding({ id, bindingId: bindings[0]?.id ?? '' }));
    const use = () =>
      auth.inTenant(ann.tenantId, () => auth.client.useCredential({ id, ...target, purpose: 'schedule' }));
    return { ann, id, use };
  }

  it('rest there alone, are used from there, and are gone when they are removed', async () => {
    const { ann, id, use } = await approved('ANN');
    expect(vault.dump()).toContain(SECRET);
    expect(await auth.dump()).not.toContain('canary');
    expect(await auth.sql('SELECT * FROM auth.secrets')).toEqual([]);
    await use();
    expect(signedInBy).toEqual([SECRET, SECRET]);
    await auth.as(ann, () => auth.client.removeCredential({ id }));
    expect(vault.dump()).not.toContain(SECRET);
  });

  it('are not suspended while the vault is away, and no error or log line tells one', async () => {
    const { use } = await approved('BOB');
    vault.fail(503, 503, 503);
    const error: unknown = await use().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'UNAVAILABLE' });
    expect(JSON.stringify(error) + auth.logged.join()).not.toContain('canary');
    expect(auth.logged.join()).toContain('The vault did not do what was asked');
    await expect(use()).resolves.toMatchObject({ sessionId: expect.any(String) as string });
  });

  it('are suspended where somebody removed them from the vault', async () => {
    const { use } = await approved('CID');
    vault.fail(404);
    await expect(use()).rejects.toMatchObject({ code: 'CREDENTIAL_UNUSABLE' });
  });
});
