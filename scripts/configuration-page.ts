import { authEnv } from '../apps/auth/src/env';
import { catalogEnv } from '../apps/catalog/src/env';
import { connectionsEnv } from '../apps/connection-manager/src/env';
import { gatewayEnv } from '../apps/gateway/src/env';
import { warehouseEnv } from '../apps/local-warehouse/src/env';
import { serviceEnv, workerEnv } from '../apps/workflow/src/env';
import type { EnvSchema, EnvVariable } from '../libs/platform/src/env/env-schema';
import { table } from './markdown-table';

/** Every program of the installation, with what it reads of its environment. */
export const PROGRAMS: Record<string, EnvSchema> = {
  gateway: gatewayEnv,
  auth: authEnv,
  catalog: catalogEnv,
  workflow: serviceEnv,
  worker: workerEnv,
  'connection-manager': connectionsEnv,
  'local-warehouse': warehouseEnv,
};

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/_MS$/, 'milliseconds'],
  [/_SECONDS$/, 'seconds'],
  [/_DAYS$/, 'days'],
  [/_BYTES$/, 'bytes'],
  [/_MB$/, 'megabytes'],
  [/_PER_MINUTE$/, 'a minute'],
  [/(?:^|_)PORT$/, 'port'],
];

const HEAD = `<!-- Made by npm run docs:configuration from the env.ts of each program. -->

# Configuration

Every program reads its settings from environment variables when it starts, and refuses to start with one error that names all that
are missing or wrong. An empty variable counts as not set; what is not set is read from the file that the variable's name with \`_FILE\`
behind it names, as \`SEALING_KEYS_FILE=/run/keys/SEALING_KEYS\`. \`npm start\` gives every program what is set where it was called, and makes
what is required itself; what only \`npm start\` knows is in [DEVELOPMENT.md](DEVELOPMENT.md#variables). A _secret_ is never printed.
What tenants decide for themselves, in Settings, comes before these defaults.`;

/** docs/CONFIGURATION.md: a table of variables for each program. */
export function configurationPage(programs: Record<string, EnvSchema>): string {
  const parts = Object.entries(programs).map(([name, schema]) => `## ${name}\n\n${variables(schema)}`);
  return `${[HEAD, ...parts].join('\n\n')}\n`;
}

function variables(schema: EnvSchema): string {
  const rows = Object.entries(schema).map(([name, variable]) => [
    `\`${name}\``,
    `${capital(variable.description)}${variable.secret ? ' (_secret_)' : ''}`,
    unitOf(name, variable),
    defaultOf(variable),
  ]);
  return table(['Variable', 'Meaning', 'Unit or form', 'Default'], rows);
}

function unitOf(name: string, { form }: EnvVariable<unknown>): string {
  const unit = form === 'whole number' ? UNITS.find(([ending]) => ending.test(name))?.[1] : undefined;
  return unit ?? form;
}

function defaultOf({ required, default: value }: EnvVariable<unknown>): string {
  if (required) return '**required**';
  return value ? `\`${value}\`` : 'empty';
}

const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);
