import type { IContainer } from 'kubernetes-models/v1/Container';
import type { ISecretKeySelector } from 'kubernetes-models/v1/SecretKeySelector';
import { secretFiles } from '@snowflow/platform/launch/secret-files';
import { makeSecrets } from '@snowflow/platform/launch/secrets';
import { PROGRAMS } from '../configuration-page';
import { imageEnvironment } from './image-environment';
import { type Manifest, ofKind } from './manifest';
import { settingProblems } from './settings';
import { type Workload, workloadsOf } from './workload';

/** By secret, the keys that it holds: one Secret for each folder that `write-secrets` makes. */
const SECRETS = Object.fromEntries(
  Object.entries(secretFiles(makeSecrets(), { redis: 'redis', postgres: 'postgres' })).map(([room, files]) => [
    `snowflow-${room}`,
    Object.keys(files),
  ]),
);

/** What an installation reaches outside may ask for keys; who reaches nothing has no such Secret. */
const OUTSIDE = 'snowflow-outside';
const OUTSIDE_KEYS = ['SMTP_URL', 'MODEL_ENDPOINT_KEY', 'OTEL_EXPORTER_OTLP_HEADERS'];

/** Each program gets what its env.ts knows, all that it requires, values it can read, and secrets by reference only. */
export function environmentProblems(objects: readonly Manifest[]): string[] {
  return workloadsOf(objects)
    .filter(({ isProgram }) => isProgram)
    .flatMap((workload) => workload.containers.flatMap((container) => problemsOf(objects, workload, container)));
}

function problemsOf(objects: readonly Manifest[], { title, name }: Workload, container: IContainer): string[] {
  const schema = PROGRAMS[name];
  if (!schema) return [`${title} runs no program that is known`];
  const problems: string[] = [];
  const settings: Record<string, string | undefined> = {};
  for (const { configMapRef } of container.envFrom ?? []) {
    const map = ofKind(objects, 'v1/ConfigMap').find(({ metadata }) => metadata.name === configMapRef?.name);
    if (!map)
      problems.push(`${title} reads ${configMapRef?.name ?? 'something else than a ConfigMap'}, which is not there`);
    Object.assign(settings, map?.data);
  }
  for (const { name: variable, value, valueFrom } of container.env ?? []) {
    const reference = valueFrom?.secretKeyRef;
    if (reference) problems.push(...referenceFaults(reference).map((fault) => `${title} takes ${variable} ${fault}`));
    // The reference wins, and what stands in a ConfigMap is told to everybody all the same.
    if (reference && settings[variable]) problems.push(`${title}: ${variable} is a secret and stands in a file`);
    settings[variable] = reference ? undefined : (value ?? '');
  }
  const notGiven = Object.entries(schema).filter(([variable, { secret }]) => secret && !(variable in settings));
  problems.push(...notGiven.map(([variable]) => `${title} can't be given the secret ${variable}`));
  const image = imageEnvironment()[name] ?? {};
  return [...problems, ...settingProblems(schema, { ...image, ...settings }).map((problem) => `${title}: ${problem}`)];
}

function referenceFaults({ name = '', key, optional }: ISecretKeySelector): string[] {
  if (name === OUTSIDE && OUTSIDE_KEYS.includes(key)) return optional ? [] : [`from ${name}, which not everybody has`];
  return SECRETS[name]?.includes(key) ? [] : [`from ${name}/${key}, which nobody makes`];
}
