import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { resolve } from './kustomization';

const HEAD = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n';
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: { name: one }
spec:
  replicas: 2
  template: { spec: { containers: [{ name: program, image: a/one:1, env: [{ name: A, value: '1' }] }] } }
`;

describe('Kustomize, as far as our manifests need it', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kustomize-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const resolved = (files: Record<string, string>) => {
    for (const [path, content] of Object.entries({ 'base/one.yaml': DEPLOYMENT, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return resolve(join(folder, 'base'));
  };

  it('gives a namespace and images, and merges patches: maps, lists by their keys, null removes', () => {
    const patch = `apiVersion: apps/v1
kind: Deployment
metadata: { name: one }
spec: { replicas: null, template: { spec: { containers: [{ name: program, env: [{ name: B, value: '2' }] }] } } }
`;
    const head = `${HEAD}namespace: there\nresources: [one.yaml]\npatches: [{ path: patch.yaml }]\nimages: [{ name: a/one, newName: b/two, newTag: '3' }]\n`;
    expect(resolved({ 'base/kustomization.yaml': head, 'base/patch.yaml': patch })).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'one', namespace: 'there' },
        spec: {
          template: {
            spec: {
              containers: [
                {
                  name: 'program',
                  image: 'b/two:3',
                  env: [
                    { name: 'B', value: '2' },
                    { name: 'A', value: '1' },
                  ],
                },
              ],
            },
          },
        },
      },
    ]);
  });

  it('lets components change what is there, replace by path, and delete', () => {
    const component = `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
patches:
  - target: { kind: Deployment }
    patch: '[{ op: replace, path: /spec/replicas, value: 5 }]'
`;
    const head = `${HEAD}resources: [one.yaml]\ncomponents: [../more]\n`;
    const files = { 'base/kustomization.yaml': head, 'more/kustomization.yaml': component };
    expect(resolved(files)).toMatchObject([{ spec: { replicas: 5 } }]);
    const deletion = `${HEAD}resources: [one.yaml]\npatches: [{ path: gone.yaml }]\n`;
    const gone = '$patch: delete\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: one }\n';
    expect(resolved({ 'base/kustomization.yaml': deletion, 'base/gone.yaml': gone })).toEqual([]);
  });

  it.each([
    ['a field it does not do', 'namePrefix: x-\nresources: [one.yaml]\n', 'Unrecognized key'],
    [
      'a patch that finds nothing',
      "resources: [one.yaml]\npatches: [{ patch: '{ apiVersion: v1, kind: Service, metadata: { name: one } }' }]\n",
      'A patch finds no Service one',
    ],
    [
      'a path that is not there',
      "resources: [one.yaml]\npatches: [{ target: { kind: Deployment }, patch: '[{ op: replace, path: /spec/replica, value: 1 }]' }]\n",
      'The patch replaces /spec/replica, which is not there',
    ],
    ['the same object twice', 'resources: [one.yaml, one.yaml]\n', 'is there twice'],
    ['a key that stands twice', 'resources: [one.yaml]\nresources: []\n', 'Map keys must be unique'],
  ])('refuses %s', (_what, content, words) => {
    expect(() => resolved({ 'base/kustomization.yaml': HEAD + content })).toThrow(words);
  });
});
