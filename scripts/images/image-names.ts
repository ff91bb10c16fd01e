/** The images of an installation: each is a target of the Dockerfile. */
export const IMAGES = [
  'gateway',
  'auth',
  'catalog',
  'connection-manager',
  'workflow',
  'worker',
  'local-warehouse',
  'secrets',
] as const;

/** As docker-compose.yml calls them. */
export const imageOf = (target: string, version = 'local'): string => `snowflow/${target}:${version}`;
