import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, cp, mkdir, stat, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ACCOUNT = 'postgres';
/** Where files go that the account could not reach otherwise, as in a checkout below /root. */
const REACHABLE_HOME = '/var/lib/snowflow';

/** A unix account. */
export interface Account {
  uid: number;
  gid: number;
}

/** Postgres refuses to run as root: the account to run it as, made where it is missing; undefined where we are not root. */
export async function postgresAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await lookUp();
  if (known) return known;
  // Another start may add it at the same moment.
  await run('useradd', ['--system', '--user-group', '--no-create-home', ACCOUNT]).catch(() => undefined);
  const made = await lookUp();
  if (!made)
    throw new Error('Postgres does not run as root, and no account "postgres" could be made: run this as a user');
  return made;
}

async function lookUp(): Promise<Account | undefined> {
  try {
    const ids = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, ACCOUNT])).stdout)));
    return { uid: ids[0] as number, gid: ids[1] as number };
  } catch {
    return undefined;
  }
}

/** Makes a folder that the account owns: the given one, or one of our own under /var/lib where a parent is closed to it. */
export async function ownedFolder(wanted: string, account: Account | undefined): Promise<string> {
  if (!account) {
    await mkdir(wanted, { recursive: true, mode: 0o700 });
    return wanted;
  }
  const parent = dirname(wanted);
  await mkdir(parent, { recursive: true });
  const { mode } = await stat(parent);
  // Passing through is enough: what lies beside stays unreadable.
  if ((mode & 0o001) === 0) await chmod(parent, mode | 0o011);
  const reachable = await isReachable(parent);
  const folder = reachable ? wanted : join(REACHABLE_HOME, digest(wanted));
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chown(folder, account.uid, account.gid);
  // Whoever looks for the data finds it from where it was wanted.
  if (!reachable) await symlink(folder, wanted).catch(() => undefined);
  return folder;
}

/** The folder of the Postgres programs as the account can run them: copied once where a parent is closed to it. */
export async function runnablePrograms(folder: string, version: string, account: Account | undefined): Promise<string> {
  if (!account || (await isReachable(folder))) return folder;
  const copy = join(REACHABLE_HOME, `postgres-${version}`);
  await cp(folder, copy, { recursive: true, verbatimSymlinks: true, force: false });
  return copy;
}

/** Whether everybody may pass through the folder and all its parents. */
async function isReachable(folder: string): Promise<boolean> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (((await stat(at)).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

const digest = (text: string) => createHash('sha256').update(resolve(text)).digest('hex').slice(0, 16);
