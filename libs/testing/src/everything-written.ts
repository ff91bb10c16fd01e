import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The bytes of every file below a folder, a character each; what a running server takes away meanwhile is left out. */
export async function everythingWrittenIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const contents: string[] = [];
  for (const file of files) contents.push(await readFile(file, 'latin1').catch(onlyIfGone));
  return contents.join('\n');
}

function onlyIfGone(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return '';
  throw error;
}
