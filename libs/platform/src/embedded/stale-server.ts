import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { until } from '../process/until';

const run = promisify(execFile);

/** Whether the process lives (one that belongs to somebody else lives too). */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The pid on the first line of a pid file; undefined without a file or a sensible number. */
export async function readPidFile(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

async function commandLine(pid: number): Promise<string> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
  if (fromProc !== undefined) return fromProc.replaceAll('\0', ' ');
  return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  );
}

/**
 * Ends the server that a pid file names, if it still runs and its command line holds `mark` (a pid may have been given to another
 * process since). Answers whether there was one.
 */
export async function stopStaleServer(
  pidFile: string,
  mark: string,
  signal: NodeJS.Signals,
  graceMs: number,
): Promise<boolean> {
  const pid = await readPidFile(pidFile);
  if (pid === undefined || !isAlive(pid)) return false;
  if (!(await commandLine(pid)).includes(mark)) return false;
  process.kill(pid, signal);
  await until(`Process ${pid} ends`, graceMs, () => !isAlive(pid)).catch(() => process.kill(pid, 'SIGKILL'));
  await until(`Process ${pid} ends`, graceMs, () => !isAlive(pid));
  return true;
}
