import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppFiles } from './native-app';

const FOLDER = join(__dirname, '..', '..', 'native-app');

/** The files of this repository's app, as they go to Snowflake. */
export const nativeAppFiles = (): AppFiles =>
  Object.fromEntries(
    readdirSync(FOLDER, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(FOLDER.length + 1), readFileSync(path, 'utf8')]),
  );
