import type { AppRule } from './native-app';
import type { Container } from './service-spec';

/** What each store writes to, and where the installation's secrets follow from: gone with the machine if it were in memory. */
const KEPT: Record<string, string> = {
  secrets: '/run/keys/installation',
  redis: '/data',
  postgres: '/var/lib/postgresql',
};
const KEYS = '/run/keys/';

/** Volumes that are mounted exist, all are used, what must stay is on disk, and what is secret goes from its maker to who needs it. */
export const volumeProblems: AppRule = ({ service }) => {
  const { containers, volumes } = service.spec;
  const names = volumes.map(({ name }) => name);
  const mounts = containers.flatMap(({ name, volumeMounts }) =>
    volumeMounts.map((mount) => ({ ...mount, container: name })),
  );
  const ofSecrets = mounts.filter(({ container }) => container === 'secrets');
  return [
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `The volume ${name} is there twice`),
    ...mounts
      .filter(({ name }) => !names.includes(name))
      .map(({ container, name }) => `${container} mounts ${name}, which is not among the volumes`),
    ...names
      .filter((name) => !mounts.some((mount) => mount.name === name))
      .map((name) => `The volume ${name} is mounted nowhere`),
    ...containers.flatMap(twice),
    ...Object.entries(KEPT).flatMap(([container, path]) => {
      const mount = mounts.find((each) => each.container === container && each.mountPath === path);
      const source = volumes.find(({ name }) => name === mount?.name)?.source;
      return source === 'block' ? [] : [`${container} keeps ${path} on no disk`];
    }),
    ...mounts
      .filter(({ mountPath, container }) => mountPath.startsWith(KEYS) && container !== 'secrets')
      .filter(({ name, mountPath }) => !ofSecrets.some((made) => made.name === name && made.mountPath === mountPath))
      .map(({ container, mountPath }) => `${container} mounts ${mountPath}, where secrets writes nothing`),
    ...mounts
      .filter(({ container, mountPath }) => mountPath === KEPT['secrets'] && container !== 'secrets')
      .map(({ container }) => `${container} gets all secrets of the installation`),
  ];
};

const twice = ({ name, volumeMounts }: Container): string[] => {
  const paths = volumeMounts.map(({ mountPath }) => mountPath);
  return paths
    .filter((path, index) => paths.indexOf(path) !== index)
    .map((path) => `${name} mounts two volumes at ${path}`);
};
