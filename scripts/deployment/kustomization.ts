import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { applyJsonPatch } from './json-patch';
import { type Manifest, parseManifest } from './manifest';
import { merge } from './strategic-merge';
import { parseYaml } from './strict-yaml';

const target = z.strictObject({
  group: z.string().optional(),
  version: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
});
type Target = z.infer<typeof target>;

const image = z.strictObject({ name: z.string(), newName: z.string().optional(), newTag: z.string().optional() });

/** Strict: what this page does not do as Kustomize does is refused. */
const kustomization = z.strictObject({
  apiVersion: z.enum(['kustomize.config.k8s.io/v1beta1', 'kustomize.config.k8s.io/v1alpha1']),
  kind: z.enum(['Kustomization', 'Component']),
  namespace: z.string().optional(),
  resources: z.array(z.string()).default([]),
  components: z.array(z.string()).default([]),
  images: z.array(image).default([]),
  patches: z
    .array(z.strictObject({ path: z.string().optional(), patch: z.string().optional(), target: target.optional() }))
    .default([]),
});
type Patch = z.infer<typeof kustomization>['patches'][number];

/** The objects that `kubectl kustomize FOLDER` prints, for the part of Kustomize that k8s/ keeps to; `onto` is what a component changes. */
export function resolve(folder: string, onto: readonly Manifest[] = []): Manifest[] {
  const file = join(folder, 'kustomization.yaml');
  const [content] = parseYaml(readFileSync(file, 'utf8'), file);
  const { resources, components, patches, namespace, images } = kustomization.parse(content);
  let objects: Manifest[] = [...onto];
  for (const path of resources) objects.push(...load(join(folder, path)));
  refuseDoubles(objects, file);
  for (const path of components) objects = resolve(join(folder, path), objects);
  for (const patch of patches) objects = applyPatch(objects, folder, patch);
  if (namespace) objects = objects.map((object) => inNamespace(object, namespace));
  return objects.map((object) => parseManifest(withImages(object, images)));
}

function load(path: string): Manifest[] {
  if (existsSync(join(path, 'kustomization.yaml'))) return resolve(path);
  return parseYaml(readFileSync(path, 'utf8'), path).map(parseManifest);
}

function refuseDoubles(objects: readonly Manifest[], file: string): void {
  const ids = objects.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`);
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double) throw new Error(`${file}: ${double} is there twice`);
}

function applyPatch(objects: readonly Manifest[], folder: string, { path, patch, target }: Patch): Manifest[] {
  const text = path ? readFileSync(join(folder, path), 'utf8') : (patch ?? '');
  let changed = [...objects];
  for (const change of parseYaml(text, path ?? folder)) changed = applyChange(changed, change, target);
  return changed;
}

function applyChange(objects: readonly Manifest[], change: unknown, target: Target | undefined): Manifest[] {
  if (Array.isArray(change)) {
    if (!target) throw new Error('A list of operations needs a target');
    return objects.map((object) => (isMeant(object, target) ? applyJsonPatch(object, change) : object));
  }
  const { $patch, metadata, ...rest } = parseManifest(change);
  const [group, version] = rest.apiVersion.includes('/') ? rest.apiVersion.split('/') : ['', rest.apiVersion];
  const own = { group, version, kind: rest.kind, name: metadata.name };
  if (!objects.some((object) => isMeant(object, target ?? own)))
    throw new Error(`A patch finds no ${own.kind} ${own.name}`);
  if ($patch === 'delete') return objects.filter((object) => !isMeant(object, target ?? own));
  // The name in a patch with a target is only there because one must be.
  const content = target ? rest : { ...rest, metadata };
  return objects.map((object) => (isMeant(object, target ?? own) ? parseManifest(merge(object, content)) : object));
}

function isMeant({ apiVersion, kind, metadata }: Manifest, target: Target): boolean {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const is = { group, version, kind, name: metadata.name };
  return (['group', 'version', 'kind', 'name'] as const).every(
    (part) => target[part] === undefined || target[part] === is[part],
  );
}

const inNamespace = (object: Manifest, namespace: string): Manifest =>
  object.kind === 'Namespace' ? object : { ...object, metadata: { ...object.metadata, namespace } };

/** In any field that is called image. */
function withImages(value: unknown, images: readonly z.infer<typeof image>[]): unknown {
  if (Array.isArray(value)) return value.map((item) => withImages(item, images));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      name === 'image' && typeof field === 'string' ? renamed(field, images) : withImages(field, images),
    ]),
  );
}

function renamed(reference: string, images: readonly z.infer<typeof image>[]): string {
  const [name = '', tag = ''] = reference.split(/:(?=[^/]*$)/);
  const change = images.find((candidate) => candidate.name === name);
  return change ? `${change.newName ?? name}:${change.newTag ?? tag}` : reference;
}
