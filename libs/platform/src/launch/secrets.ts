import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { jwksOf, makeSigningKey } from './signing-keys';

/** What an installation keeps to itself; made at its first start. */
export interface Secrets {
  redisPassword: string;
  postgresPassword: string;
  /** What services get by environment, by the variables' names. */
  env: { SEALING_KEYS: string; JWT_PRIVATE_KEY: string; JWT_PUBLIC_KEYS: string };
}

/**
 * Reads the secrets of an installation, or makes them; only their owner can read the file. The public keys follow from the private
 * ones, so that a key that was added to the file is known everywhere after the next start.
 */
export async function loadSecrets(file: string): Promise<Secrets> {
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) {
    const secrets = JSON.parse(known) as Secrets;
    return { ...secrets, env: { ...secrets.env, JWT_PUBLIC_KEYS: jwksOf(secrets.env.JWT_PRIVATE_KEY) } };
  }
  const secrets = makeSecrets();
  await writeFile(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}

/** Fresh secrets. */
export function makeSecrets(): Secrets {
  const signingKey = makeSigningKey();
  return {
    redisPassword: randomBytes(24).toString('hex'),
    postgresPassword: randomBytes(24).toString('hex'),
    env: {
      SEALING_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      JWT_PRIVATE_KEY: signingKey,
      JWT_PUBLIC_KEYS: jwksOf(signingKey),
    },
  };
}
