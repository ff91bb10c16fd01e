/** `npm run check:kustomize`: whether `kubectl kustomize` makes of the overlays what the specs check. Needs kubectl, and no cluster. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { resolve } from './deployment/kustomization';
import { type Manifest, nameOf, parseManifest } from './deployment/manifest';
import { parseYaml } from './deployment/strict-yaml';

function differences(folder: string): string[] {
  const printed = execFileSync('kubectl', ['kustomize', folder], { encoding: 'utf8' });
  const theirs = byName(parseYaml(printed, folder).map(parseManifest));
  const ours = byName(resolve(folder));
  const names = [...new Set([...theirs.keys(), ...ours.keys()])];
  return names.filter((name) => !isDeepStrictEqual(theirs.get(name), ours.get(name)));
}

const byName = (objects: readonly Manifest[]) => new Map(objects.map((object) => [nameOf(object), object]));

for (const overlay of ['base', 'overlays/dev', 'overlays/production']) {
  const found = differences(join('k8s', overlay));
  console.log(`${overlay}: ${found.length === 0 ? 'as kubectl makes it' : `differs in ${found.join(', ')}`}`);
  if (found.length > 0) process.exitCode = 1;
}
