import { z } from 'zod';
import { PROGRAMS } from '../configuration-page';
import { imageEnvironment } from './image-environment';
import { settingProblems } from './settings';
import { parseYaml } from './strict-yaml';

/** Without a value it is passed on from where Compose is called. */
const setting = z.union([z.string(), z.null()]);
const dependency = z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) });

/** Strict, so that a word that Compose does not know, or that only its newer versions do, is an error. */
const service = z.strictObject({
  image: z.string(),
  build: z
    .strictObject({ context: z.literal('.'), target: z.string(), args: z.record(z.string(), z.string()) })
    .optional(),
  profiles: z.array(z.string()).optional(),
  restart: z.enum(['unless-stopped', 'on-failure']),
  user: z.string().optional(),
  command: z.array(z.string()).optional(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  pids_limit: z.number(),
  mem_limit: z.string().optional(),
  shm_size: z.string().optional(),
  tmpfs: z.array(z.string()).optional(),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .optional(),
  logging: z.strictObject({ driver: z.string(), options: z.record(z.string(), z.string()) }),
  depends_on: z.record(z.string(), dependency).optional(),
  networks: z.array(z.string()).optional(),
  ports: z.array(z.string()).optional(),
  environment: z.record(z.string(), setting).default({}),
  volumes: z.array(z.string().regex(/^[a-z-]+:\/[^:]+(:ro)?$/)).default([]),
  healthcheck: z
    .strictObject({ test: z.array(z.string()), interval: z.string(), timeout: z.string(), retries: z.number() })
    .optional(),
});
type Service = z.infer<typeof service>;

const file = z
  .looseObject({
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })),
    volumes: z.record(z.string(), z.strictObject({})),
  })
  .refine((content) => Object.keys(content).every((key) => /^(services|networks|volumes|x-.*)$/.test(key)));

/** What is wrong with a Compose file, in sentences; `targets` are the stages of the Dockerfile. */
export function composeProblems(content: string, targets: readonly string[]): string[] {
  const parsed = file.safeParse(parseYaml(content, 'docker-compose.yml')[0]);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const { services, networks, volumes } = parsed.data;
  const known = { services, networks, volumes };
  const missing = Object.keys(PROGRAMS).filter((name) => !(name in services));
  return [
    ...missing.map((name) => `${name} has no service`),
    ...Object.entries(services).flatMap(([name, own]) =>
      [...nameFaults(own, known, targets), ...environmentFaults(name, own), ...stopFaults(own)].map(
        (fault) => `${name}: ${fault}`,
      ),
    ),
  ];
}

function nameFaults(
  own: Service,
  known: Record<'services' | 'networks' | 'volumes', object>,
  targets: readonly string[],
) {
  const names: [keyof typeof known, string[]][] = [
    ['services', Object.keys(own.depends_on ?? {})],
    ['networks', own.networks ?? []],
    ['volumes', own.volumes.map((volume) => volume.split(':')[0] ?? '')],
  ];
  const unknown = names.flatMap(([kind, used]) =>
    used.filter((name) => !(name in known[kind])).map((name) => `${name} is not among the ${kind}`),
  );
  const target = own.build?.target;
  return target && !targets.includes(target) ? [...unknown, `the Dockerfile has no target ${target}`] : unknown;
}

function environmentFaults(name: string, { environment, volumes }: Service): string[] {
  const unmounted = Object.entries(environment)
    .filter(([variable, path]) => variable.endsWith('_FILE') && !volumes.some((volume) => isBelow(path ?? '', volume)))
    .map(([variable]) => `${variable} names a file that is not mounted`);
  const schema = PROGRAMS[name];
  const settings = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, defaultOf(value)]));
  return schema ? [...unmounted, ...settingProblems(schema, { ...imageEnvironment()[name], ...settings })] : unmounted;
}

/** What Compose puts there when the operator says nothing. */
const defaultOf = (value: string | null): string | undefined => value?.replaceAll(/\$\{[A-Z_]+(?::-([^}]*))?\}/g, '$1');

const isBelow = (path: string, volume: string): boolean => path.startsWith(`${volume.split(':')[1]}/`);

function stopFaults({ environment, stop_grace_period: grace }: Service): string[] {
  const drainMs = Number(environment['DRAIN_TIMEOUT_MS'] ?? 0);
  return drainMs > 0 && Number.parseInt(grace ?? '10', 10) * 1000 < drainMs + 3_000
    ? [`has ${grace ?? '10s'} to stop, and its drain takes ${drainMs} ms`]
    : [];
}
