import { join } from 'node:path';
import { resolve } from './kustomization';
import type { Manifest } from './manifest';

const root = join(__dirname, '..', '..', 'k8s');

/** What can be applied: the overlays, and the base with a door and the variants that a component makes of it. */
export const VARIANTS: Record<string, () => Manifest[]> = {
  'overlays/dev': () => resolve(join(root, 'overlays/dev')),
  'overlays/production': () => resolve(join(root, 'overlays/production')),
  'gateway-api, keda and notifications': () =>
    ['gateway-api', 'keda', 'metrics', 'notifications', 'traces'].reduce(
      (objects, name) => inNamespace(resolve(join(root, 'components', name), objects)),
      resolve(join(root, 'base')),
    ),
};

/** The overlay that lists a component gives its objects the namespace. */
const inNamespace = (objects: Manifest[]): Manifest[] =>
  objects.map((object) =>
    object.kind === 'Namespace' ? object : { ...object, metadata: { ...object.metadata, namespace: 'snowflow' } },
  );
