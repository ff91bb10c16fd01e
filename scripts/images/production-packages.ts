import { existsSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';

const SPECIFIER = /(?:require|import)\(\s*["'`]([^"'`]+)["'`]\s*\)|from\s*["']([^"']+)["']/g;
const PACKAGE = /^(@[\w.-]+\/)?[\w-][\w./-]*$/;

const names = z.record(z.string(), z.string()).default({});
const packageFile = z.object({
  name: z.string(),
  version: z.string(),
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().optional() })).default({}),
});
type PackageFile = z.infer<typeof packageFile>;

/** Packages that are named by the built files that run from `entry` on, a path below `root`. */
export function packagesFrom(root: string, entry: string): string[] {
  const files = new Set<string>();
  const named = new Set<string>();
  const waiting = [join(root, entry)];
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    for (const [, called, from] of readFileSync(file, 'utf8').matchAll(SPECIFIER)) {
      const specifier = called ?? from ?? '';
      if (specifier.startsWith('.')) waiting.push(...scriptAt(join(dirname(file), specifier)));
      else if (PACKAGE.test(specifier) && !builtinModules.includes(specifier)) named.add(packageOf(specifier));
    }
  }
  return [...named].sort();
}

/**
 * The folders of node_modules that hold the packages and what they need, as paths below `root`. A peer that a package can do without
 * counts where we depend on it ourselves: Nest and others then load it by name.
 */
export function closureOf(root: string, packages: readonly string[]): string[] {
  const own = readPackage(root).dependencies;
  const found = new Set<string>();
  const waiting = packages.map((name) => ({ name, from: root }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const folder = installed(root, next.name, next.from);
    if (!folder || found.has(folder)) continue;
    found.add(folder);
    waiting.push(...neededBy(readPackage(folder), own).map((name) => ({ name, from: folder })));
  }
  return [...found].map((folder) => relative(root, folder)).sort();
}

export const readPackage = (folder: string): PackageFile =>
  packageFile.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));

function neededBy(asking: PackageFile, own: Record<string, string>): string[] {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = asking;
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional || name in own);
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers];
}

/** As Node looks for a package: beside the one that asks, then further up. */
function installed(root: string, name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(join(place, 'package.json'))) return place;
    if (folder === root) return undefined;
  }
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function scriptAt(path: string): string[] {
  const places = [path, `${path}.js`, join(path, 'index.js')];
  const file = places.find((place) => existsSync(place) && statSync(place).isFile());
  return file && /\.[cm]?js$/.test(file) ? [file] : [];
}
