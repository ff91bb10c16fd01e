import { chmodSync, rmSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isAlive } from '../embedded/stale-server';

/** An installation's folder: what stays over a restart, and who uses it at the moment. */
export class DataDirectory {
  private constructor(readonly path: string) {}

  /** Takes the folder for this process; throws one sentence when another start uses it. */
  static async take(path: string): Promise<DataDirectory> {
    const directory = new DataDirectory(resolve(path));
    await mkdir(directory.file('logs'), { recursive: true, mode: 0o700 });
    await directory.lock();
    return directory;
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Says where everything is, for scripts; only the owner can read it. */
  async writeRunFile(content: object): Promise<void> {
    const next = this.file('run.json.new');
    await writeFile(next, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
    chmodSync(next, 0o600);
    await rename(next, this.file('run.json'));
  }

  release(): void {
    rmSync(this.file('run.json'), { force: true });
    rmSync(this.file('launcher.pid'), { force: true });
  }

  private async lock(): Promise<void> {
    const file = this.file('launcher.pid');
    try {
      await writeFile(file, `${process.pid}\n`, { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const pid = Number(await readFile(file, 'utf8'));
      if (pid !== process.pid && pid > 1 && isAlive(pid) && (await isLauncher(pid))) {
        throw new Error(`SnowFlow already runs from ${this.path} (process ${pid}): stop it, or set SNOWFLOW_DATA_DIR.`);
      }
      // What is left of a start that was killed.
      await writeFile(file, `${process.pid}\n`);
      rmSync(this.file('run.json'), { force: true });
    }
  }
}

/** A pid may have been given to another program since; where /proc can't tell, it counts as a launcher. */
async function isLauncher(pid: number): Promise<boolean> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'node');
  return commandLine.includes('node');
}
