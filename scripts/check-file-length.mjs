// A file holds one concept: no source file over 400 lines. Generated files aside.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LIMIT = 400;
const root = process.argv[2] ?? '.';
const files = execFileSync(
  'git',
  ['ls-files', '-co', '--exclude-standard', '--', '*.ts', '*.tsx', '*.mjs', '*.cjs', '*.js', '*.css'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter((file) => file && !file.includes('/generated/'));

const long = files
  .map((file) => ({ file, lines: readFileSync(`${root}/${file}`, 'utf8').split('\n').length - 1 }))
  .filter(({ lines }) => lines > LIMIT);
for (const { file, lines } of long)
  console.error(`${file} has ${lines} lines; ${LIMIT} is the most. Give each concept a file.`);
process.exit(long.length > 0 ? 1 : 0);
