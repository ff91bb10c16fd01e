import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { barred, grouped, type PartOutcome } from './part';

/** Licences that ask for their text to go along, and for nothing of ours. */
const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
  'Zlib',
  'PostgreSQL',
  'WTFPL',
]);
/** Packages whose licence is another, or is not said where it is looked for: what it is, and why it may be used. */
export const NAMED: Readonly<Record<string, string>> = {
  pause: 'MIT by its Readme alone; a part of passport',
};

interface Locked {
  version?: string;
  license?: string;
  dev?: boolean;
  link?: boolean;
}

interface Licensed {
  name: string;
  version: string;
  licence: string;
}

/** Every package that ships, by the lock file: its licence is one of the list, or the package is named with a reason. */
export function licences(root = process.cwd()): PartOutcome {
  const packages = shipped(root);
  const wrong = packages.filter(({ name, licence }) => !isAllowed(licence) && !(name in NAMED));
  const gone = Object.keys(NAMED).filter((name) => !packages.some((each) => each.name === name));
  const counts = grouped(packages, ({ licence }) => licence);
  return {
    isGood: packages.length > 0 && wrong.length === 0 && gone.length === 0,
    rows: [
      {
        what: 'packages that ship',
        value: String(packages.length),
        compared: `${Object.keys(NAMED).length} named with a reason`,
      },
      barred('not allowed', wrong.length),
      ...wrong.map(({ name, version, licence }) => ({
        what: `  ${name} ${version}`,
        value: licence,
        compared: 'not on the list',
      })),
      barred('named, and not there', gone.length, gone.join(', ')),
      ...[...counts].map(([licence, all]) => ({ what: `  ${licence}`, value: String(all.length), compared: '' })),
    ],
  };
}

/** `(MIT OR GPL-3.0)` may be taken as MIT; of `A AND B` both must be allowed. */
export function isAllowed(expression: string): boolean {
  const bare = expression.replaceAll(/[()]/g, '').trim();
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => ALLOWED.has(licence.trim())));
}

function shipped(root: string): Licensed[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev, link }]) => path !== '' && !dev && !link)
    .map(([path, { version = '', license }]) => ({
      name: path.split('node_modules/').at(-1) ?? path,
      version,
      licence: license ?? licenceIn(join(root, path)) ?? 'unknown',
    }));
}

/** Old packages say it in another form, which the lock file leaves out. */
function licenceIn(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const { licenses, license } = JSON.parse(readFileSync(file, 'utf8')) as {
    licenses?: { type: string }[];
    license?: unknown;
  };
  if (typeof license === 'string') return license;
  return licenses?.map(({ type }) => type).join(' OR ');
}
