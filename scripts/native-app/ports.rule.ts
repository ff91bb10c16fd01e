import { imageEnvironment } from '../deployment/image-environment';
import type { AppRule } from './native-app';
import type { Container } from './service-spec';

const IMAGES = imageEnvironment();
/** Where something listens that is no program of ours. */
const STORES: Record<string, number> = { redis: 6379, postgres: 5432 };
const HEALTH = /HEALTH_PORT$/;
const PROBES = { readinessProbe: '/health/ready', livenessProbe: '/health/live' } as const;

/** A port that a container listens on, and the variable that says so. */
export interface Listener {
  container: string;
  variable: string | undefined;
  port: number;
}

/** The ports that a container listens on, by what its image and the specification set. */
export function listenersOf({ name, env }: Container): Listener[] {
  const store = STORES[name];
  if (store !== undefined) return [{ container: name, variable: undefined, port: store }];
  const settings = { ...IMAGES[name], ...env };
  return Object.entries(settings)
    .filter(([variable]) => /(?:^|_)PORT$/.test(variable))
    .map(([variable, value]) => ({ container: name, variable, port: Number(value) }));
}

/** Containers share one network: no port is used twice, and whoever is asked or probed listens there. */
export const portProblems: AppRule = ({ service }) => {
  const { containers } = service.spec;
  const listeners = containers.flatMap(listenersOf);
  return [
    ...listeners.flatMap(({ container, port }, index) => {
      const other = listeners.findIndex((candidate) => candidate.port === port);
      return other < index ? [`${listeners[other]?.container} and ${container} both listen on ${port}`] : [];
    }),
    ...containers.flatMap((container) => [...probeFaults(container), ...addressFaults(container, listeners)]),
  ];
};

function probeFaults(container: Container): string[] {
  if (!(container.name in IMAGES) || container.name === 'secrets') return [];
  const health = listenersOf(container).find(({ variable }) => HEALTH.test(variable ?? ''))?.port;
  return Object.entries(PROBES).flatMap(([kind, path]) => {
    const probe = container[kind as keyof typeof PROBES];
    if (!probe) return [`${container.name} has no ${kind}`];
    if (probe.port !== health) return [`The ${kind} of ${container.name} asks ${probe.port}, where it is not`];
    return probe.path === path ? [] : [`The ${kind} of ${container.name} asks ${probe.path}, not ${path}`];
  });
}

/** Names of other containers, as Compose has them, mean nothing here. */
function addressFaults({ name, env, args = [] }: Container, listeners: readonly Listener[]): string[] {
  const urls = Object.values(env).flatMap((value) => value.split(',').filter((part) => URL.canParse(part.trim())));
  const command = args.join(' ');
  return [
    ...urls
      .map((url) => new URL(url.trim()))
      .filter(({ hostname, port }) => hostname !== '127.0.0.1' || !listeners.some((each) => String(each.port) === port))
      .map(({ host }) => `${name} asks at ${host}, where nothing listens`),
    ...(name === 'secrets' && !command.includes('write-secrets.js /run/keys 127.0.0.1 127.0.0.1')
      ? ['secrets does not write 127.0.0.1 as the address of both stores']
      : []),
    ...(name === 'secrets' && !command.endsWith(' --stay')
      ? ['secrets ends when it is done, and would be started again for ever']
      : []),
  ];
}
