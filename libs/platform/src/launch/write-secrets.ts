/**
 * `node write-secrets.js FOLDER [REDIS_HOST] [POSTGRES_HOST] [--stay]`: makes the secrets of an installation, once, and writes them as files
 * to mount. FOLDER/installation/secrets.json is what they follow from: keep it, and give it to no service. `--stay` is for where a container
 * that ends is started again: it then waits until it is stopped.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { secretFiles, writeSecretFiles } from './secret-files';
import { loadSecrets } from './secrets';

const ONE_DAY_MS = 86_400_000;
const STAY = '--stay';

async function main(args: string[]): Promise<void> {
  const [folder, redis = 'redis', postgres = 'postgres'] = args.filter((arg) => arg !== STAY);
  if (!folder)
    throw new Error('Name the folder to write to: write-secrets FOLDER [REDIS_HOST] [POSTGRES_HOST] [--stay]');
  await mkdir(join(folder, 'installation'), { recursive: true, mode: 0o700 });
  const secrets = await loadSecrets(join(folder, 'installation', 'secrets.json'));
  await writeSecretFiles(folder, secretFiles(secrets, { redis, postgres }));
  if (args.includes(STAY)) await stopped();
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => undefined, ONE_DAY_MS);
    process.once('SIGTERM', () => {
      clearInterval(alive);
      resolve();
    });
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
