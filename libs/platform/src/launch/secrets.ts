import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';

/** What an installation keeps to itself; made at its first start. */
export interface Secrets {
  redisPassword: string;
  postgresPassword: string;
  /** What services get by environment, by the variables' names. */
  env: { SEALING_KEYS: string; JWT_PRIVATE_KEY: string; JWT_PUBLIC_KEYS: string };
}

/** Reads the secrets of an installation, or makes them; only their owner can read the file. */
export async function loadSecrets(file: string): Promise<Secrets> {
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return JSON.parse(known) as Secrets;
  const secrets = makeSecrets();
  await writeFile(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}

/** Fresh secrets. */
export function makeSecrets(): Secrets {
  return {
    redisPassword: randomBytes(24).toString('hex'),
    postgresPassword: randomBytes(24).toString('hex'),
    env: { SEALING_KEYS: `k1:${randomBytes(32).toString('base64')}`, ...makeSigningKey() },
  };
}

function makeSigningKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  // The thumbprint of RFC 7638: these members in this order.
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return {
    JWT_PRIVATE_KEY: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    JWT_PUBLIC_KEYS: JSON.stringify({ keys: [{ kty, crv, x, y, kid, use: 'sig', alg: 'ES256' }] }),
  };
}
