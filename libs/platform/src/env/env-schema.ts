import { readFileSync } from 'node:fs';

/**
 * One environment variable: a sentence for operators, and a default or `required`. Units stand in the variable's name
 * (`_MS`, `_SECONDS`, `_BYTES`); secrets are never printed.
 */
export interface EnvVariable<T> {
  description: string;
  /** What it looks like, in words. */
  form: string;
  parse(text: string): T;
  default?: string;
  required: boolean;
  secret: boolean;
}

interface Options {
  default?: string;
  secret?: boolean;
}

function variable<T>(description: string, form: string, options: Options, parse: (text: string) => T): EnvVariable<T> {
  return {
    description,
    form,
    parse,
    default: options.default,
    required: options.default === undefined,
    secret: options.secret ?? false,
  };
}

/** A string; required unless it has a default ('' is a default). */
export const text = (description: string, options: Options = {}) =>
  variable(description, 'text', options, (value) => value);

/** A whole number of at least 0, and at most `max`. */
export const whole = (description: string, { max = Infinity, ...options }: Options & { max?: number } = {}) =>
  variable(description, 'whole number', options, (value) => {
    if (!/^\d{1,15}$/.test(value)) throw new Error('is not a whole number');
    if (Number(value) > max) throw new Error(`is more than ${max}`);
    return Number(value);
  });

/** on or off. */
export const onOff = (description: string, options: Options = {}) =>
  variable(description, 'on or off', options, (value) => {
    if (value !== 'on' && value !== 'off') throw new Error('is neither on nor off');
    return value === 'on';
  });

/** One of a fixed list. */
export const choice = <const Values extends readonly string[]>(
  values: Values,
  description: string,
  options: Options = {},
) =>
  variable(description, `one of ${values.join(', ')}`, options, (value): Values[number] => {
    if (!values.includes(value)) throw new Error(`is not one of ${values.join(', ')}`);
    return value;
  });

/** A comma-separated list; empty gives none. */
export const list = (description: string, options: Options = {}) =>
  variable(description, 'list with commas', options, (value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );

export type EnvSchema = Record<string, EnvVariable<unknown>>;
export type Env<Schema extends EnvSchema> = {
  [Name in keyof Schema]: Schema[Name] extends EnvVariable<infer T> ? T : never;
};

/**
 * Reads and checks a service's variables. An empty string counts as not set; then the file that `NAME_FILE` names is read, as
 * secrets are mounted into containers. Throws one error that names every variable that is missing or wrong, never its value.
 */
export function parseEnv<Schema extends EnvSchema>(
  schema: Schema,
  source: Record<string, string | undefined>,
): Env<Schema> {
  const problems: string[] = [];
  const parsed = Object.entries(schema).map(([name, { parse, description, default: fallback, required }]) => {
    try {
      const value = source[name] || contentOf(source[`${name}_FILE`]) || fallback;
      if (value === undefined || (required && value === '')) throw new Error('is not set');
      return [name, parse(value)];
    } catch (error) {
      problems.push(`${name} ${error instanceof Error ? error.message : 'is wrong'}: ${description}`);
      return [name, undefined];
    }
  });
  if (problems.length > 0) throw new Error(`The environment is not right:\n  ${problems.join('\n  ')}`);
  return Object.fromEntries(parsed) as Env<Schema>;
}

/** Editors and shells end a file with a line break that belongs to no value. */
function contentOf(file: string | undefined): string | undefined {
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new Error('can not be read from the file that its _FILE variable names');
  }
}
