import { secretFiles } from '@snowflow/platform/launch/secret-files';
import { makeSecrets } from '@snowflow/platform/launch/secrets';
import { PROGRAMS } from '../configuration-page';
import { imageEnvironment } from '../deployment/image-environment';
import { settingProblems } from '../deployment/settings';
import type { AppRule } from './native-app';
import type { Container } from './service-spec';

const IMAGES = imageEnvironment();
/** The demo accounts stay at home. */
const ELSEWHERE = ['local-warehouse'];
/** The files that `write-secrets` makes, by the folder they are in. */
const ROOMS = Object.fromEntries(
  Object.entries(secretFiles(makeSecrets(), { redis: '127.0.0.1', postgres: '127.0.0.1' })).map(([room, files]) => [
    `/run/keys/${room}`,
    Object.keys(files).map((name) => `/run/keys/${room}/${name}`),
  ]),
);

/** Each program is there once, gets what its env.ts knows and requires, in values it can read, and secrets as mounted files only. */
export const environmentProblems: AppRule = ({ service }) => {
  const { containers } = service.spec;
  const names = containers.map(({ name }) => name);
  return [
    ...Object.keys(PROGRAMS)
      .filter((name) => !names.includes(name) && !ELSEWHERE.includes(name))
      .map((name) => `${name} has no container`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} has two containers`),
    ...containers.flatMap((container) =>
      [...programFaults(container), ...secretFaults(container)].map((fault) => `${container.name}: ${fault}`),
    ),
  ];
};

function programFaults({ name, env }: Container): string[] {
  const set = Object.keys(env).filter((variable) => variable.startsWith('SNOWFLAKE_'));
  const schema = PROGRAMS[name];
  const settings = schema ? settingProblems(schema, { ...IMAGES[name], ...env }) : [];
  return [...set.map((variable) => `${variable} is Snowflake's to set, and wrong as soon as we do`), ...settings];
}

function secretFaults({ env, args = [], volumeMounts }: Container): string[] {
  const mounted = volumeMounts.map(({ mountPath }) => mountPath);
  const named = [
    ...Object.entries(env)
      .filter(([variable]) => variable.endsWith('_FILE'))
      .map(([, path]) => path),
    ...args,
  ].filter((path) => /^\/run\/keys\/\S+\/\S+$/.test(path));
  return [
    ...named
      .filter((path) => !mounted.some((folder) => ROOMS[folder]?.includes(path)))
      .map((path) => `${path} is read and not mounted, or nobody makes it`),
    ...mounted
      .filter((folder) => folder in ROOMS && args.every((arg) => !arg.includes('write-secrets')))
      .filter((folder) => !named.some((path) => ROOMS[folder]?.includes(path)))
      .map((folder) => `${folder} is mounted and not read`),
    ...Object.entries(env)
      .filter(([variable, value]) => isSecret(variable, value))
      .map(([variable]) => `${variable} is a secret and stands in the file`),
  ];
}

/** A store has no schema to ask, so that its variables are known by their names. */
const isSecret = (variable: string, value: string): boolean =>
  !variable.endsWith('_FILE') && (/PASSWORD|SECRET|_KEYS?$|TOKEN$/.test(variable) || /:\/\/[^/]*:[^/]+@/.test(value));
