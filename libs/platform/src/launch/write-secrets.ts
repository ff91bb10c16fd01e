/**
 * `node write-secrets.js FOLDER [REDIS_HOST] [POSTGRES_HOST]`: makes the secrets of an installation, once, and writes them as files to
 * mount. FOLDER/installation/secrets.json is what they follow from: keep it, and give it to no service.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { secretFiles, writeSecretFiles } from './secret-files';
import { loadSecrets } from './secrets';

async function main([folder, redis = 'redis', postgres = 'postgres']: string[]): Promise<void> {
  if (!folder) throw new Error('Name the folder to write to: write-secrets FOLDER [REDIS_HOST] [POSTGRES_HOST]');
  await mkdir(join(folder, 'installation'), { recursive: true, mode: 0o700 });
  const secrets = await loadSecrets(join(folder, 'installation', 'secrets.json'));
  await writeSecretFiles(folder, secretFiles(secrets, { redis, postgres }));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
