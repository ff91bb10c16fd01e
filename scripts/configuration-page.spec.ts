import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { choice, list, text, whole } from '../libs/platform/src/env/env-schema';
import { configurationPage, PROGRAMS } from './configuration-page';

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('The page of environment variables', () => {
  it('says meaning, unit and default of each variable, and which are required or secret', () => {
    const page = configurationPage({
      one: {
        KEY: text('the key', { secret: true }),
        WAIT_MS: whole('How long it waits', { default: '100' }),
        LEVEL: choice(['a', 'b'], 'How much', { default: 'a' }),
        HOSTS: list('Where | to', { default: '' }),
      },
    });
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.map((row) => row.replaceAll(/ +/g, ' '))).toEqual([
      '| `KEY` | The key (_secret_) | text | **required** |',
      '| `WAIT_MS` | How long it waits | milliseconds | `100` |',
      '| `LEVEL` | How much | one of a, b | `a` |',
      '| `HOSTS` | Where \\| to | list with commas | empty |',
    ]);
  });

  it('in docs/ is the one that the programs make: npm run docs:configuration', () => {
    expect(read('docs/CONFIGURATION.md')).toBe(configurationPage(PROGRAMS));
  });

  it('has every variable that an env.ts of an app names', () => {
    const page = read('docs/CONFIGURATION.md');
    const named = readdirSync(join(root, 'apps')).flatMap((app) =>
      [...read(`apps/${app}/src/env.ts`).matchAll(/^ +([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => `\`${name}\``),
    );
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter((name) => !page.includes(name))).toEqual([]);
  });
});
