import { openByDataKey } from '@snowflow/platform/security/data-key';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { Client } from 'pg';

interface SealedSecret {
  tenant_id: string;
  secret_name: string;
  sealed: string;
  wrapped: string;
}

/** The secret of a stored credential, as who holds the database and the key ring can open it. `databaseUrl` is the owner's. */
export async function storedSecret(databaseUrl: string, sealingKeys: string, credentialId: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<SealedSecret>(
      `SELECT c.tenant_id, c.secret_name, s.sealed, k.wrapped FROM auth.credentials c
         JOIN auth.secrets s ON s.tenant_id = c.tenant_id AND s.name = c.secret_name
         JOIN auth.tenant_keys k ON k.tenant_id = c.tenant_id WHERE c.id = $1`,
      [credentialId],
    );
    const found = rows[0];
    if (!found) throw new Error(`No secret of ${credentialId}`);
    const bindingOf = (purpose: string) => JSON.stringify([found.tenant_id, purpose]);
    const dataKey = new KeyRing(sealingKeys).open(found.wrapped, bindingOf('data-key'));
    return openByDataKey(Buffer.from(dataKey, 'base64'), found.sealed, bindingOf(`secret:${found.secret_name}`));
  } finally {
    await client.end();
  }
}
