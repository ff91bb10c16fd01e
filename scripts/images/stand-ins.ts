import { join } from 'node:path';
import type { ImageEngine } from './image-engine';
import { show } from './run-program';

/** The images of others, as the Dockerfile, docker-compose.yml and k8s/overlays/dev name them. */
export const NODE_IMAGE = 'docker.io/library/node:24.11.1-bookworm-slim';
const REDIS_IMAGE = 'docker.io/library/redis:7.0.15-bookworm';
const POSTGRES_IMAGE = 'docker.io/library/postgres:18.4-bookworm';

/** Where no registry can be asked: an image of the base's name, made of Debian's packages and this machine's Node, unless it is there. */
export function standInForBase(engine: ImageEngine, base: string): void {
  if (!engine.has(base)) make('base', [base]);
}

/** The same for the stores. */
export function standInForStores(engine: ImageEngine, base: string): void {
  if (!engine.has(REDIS_IMAGE)) make('redis', [base, REDIS_IMAGE]);
  if (!engine.has(POSTGRES_IMAGE)) make('postgres', [base, POSTGRES_IMAGE]);
}

function make(name: string, args: readonly string[]): void {
  const script = join('scripts', 'images', `stand-in-${name}.sh`);
  if (!show('sh', [script, ...args])) throw new Error(`${script} failed; why is above.`);
}
