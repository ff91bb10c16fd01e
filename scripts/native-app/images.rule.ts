import { imageEnvironment } from '../deployment/image-environment';
import type { AppRule } from './native-app';

const PATH = /^\/[a-z][a-z0-9_]*\/[a-z][a-z0-9_]*\/[a-z][a-z0-9_]*\/([a-z][a-z0-9-]*):([\w.-]+)$/;
/** Not of this repository, and pushed as they are. */
const STORES = ['redis', 'postgres'];
const TARGETS = [...Object.keys(imageEnvironment()), ...STORES];

/** The containers run the images that the manifest lists, each at a path of a Snowflake repository and of a fixed version. */
export const imageProblems: AppRule = ({ manifest, service }) => {
  const listed = manifest.artifacts.container_services.images;
  const run = service.spec.containers.map(({ image }) => image);
  return [
    ...run.filter((image) => !listed.includes(image)).map((image) => `${image} runs and is not in the manifest`),
    ...listed.filter((image) => !run.includes(image)).map((image) => `${image} is in the manifest and never runs`),
    ...listed.filter((image, index) => listed.indexOf(image) !== index).map((image) => `${image} is listed twice`),
    ...[...new Set([...listed, ...run])].flatMap((image) => pathFaults(image)),
    ...service.spec.containers
      .filter(({ name, image }) => PATH.exec(image) && PATH.exec(image)?.[1] !== name)
      .map(({ name, image }) => `The container ${name} runs ${image}`),
  ];
};

function pathFaults(image: string): string[] {
  const [, name = '', tag] = PATH.exec(image) ?? [];
  if (!name) return [`${image} is not /database/schema/repository/name:tag`];
  if (tag === 'latest') return [`${image} is no fixed version`];
  return TARGETS.includes(name) ? [] : [`${image} is no target of the Dockerfile`];
}
