// Draws who imports whom, room by room, into docs/ARCHITECTURE.md. `--check` only says whether the picture is up to date.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'docs/ARCHITECTURE.md';
const START = '<!-- picture: npm run docs:picture -->';
const END = '<!-- end of picture -->';

const picture = execFileSync(
  process.execPath,
  [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    'apps',
    'libs',
    'frontend/src',
    '--output-type=mermaid',
    '--include-only=^(apps|libs|frontend)/',
    '--collapse=^(apps/[^/]+|libs/[^/]+|frontend)',
    '--exclude=(spec\\.tsx?$|/testing/|/test/|/fixture/|^libs/testing)',
  ],
  { encoding: 'utf8' },
).trim();

const before = readFileSync(FILE, 'utf8');
const [head, rest] = before.split(START);
const tail = rest?.split(END)[1];
if (tail === undefined) {
  console.error(`${FILE} lacks the lines ${START} and ${END}`);
  process.exit(1);
}
const after = `${head}${START}\n\n\`\`\`mermaid\n${picture}\n\`\`\`\n\n${END}${tail}`;
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error(`The picture in ${FILE} is old: run npm run docs:picture`);
    process.exit(1);
  }
} else {
  writeFileSync(FILE, after);
}
