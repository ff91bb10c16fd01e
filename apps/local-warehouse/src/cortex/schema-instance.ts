import { recordOf, textOf } from '../http/exchange';

type Schema = Record<string, unknown>;

const deepest = 32;

/** An instance of a JSON schema with no more in it than the schema asks for; its texts and numbers are taken from `words`. */
export function schemaInstance(schema: Schema, words: string): unknown {
  return instance(schema, { root: schema, words }, 0);
}

interface Source {
  root: Schema;
  words: string;
}

function instance(given: Schema, source: Source, depth: number): unknown {
  if (depth > deepest) return null;
  const schema = resolved(given, source.root);
  if ('const' in schema) return schema['const'];
  if (Array.isArray(schema['enum'])) return named(schema['enum'] as unknown[], source.words);
  if ('default' in schema) return schema['default'];
  const [choice] = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => (schema[key] as unknown[] | undefined) ?? []);
  if (choice !== undefined) return instance(recordOf(choice), source, depth + 1);
  const types = [schema['type']].flat();
  switch (types[0] ?? ('properties' in schema ? 'object' : 'string')) {
    case 'object':
      return objectOf(schema, source, depth);
    case 'array':
      return Array.from({ length: Number(schema['minItems'] ?? 0) }, () =>
        instance(recordOf(schema['items']), source, depth + 1),
      );
    case 'integer':
    case 'number':
      return numberOf(schema, source.words);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return textFor(schema, source.words);
  }
}

/** A reference within the document; any other is taken for a schema that everything fits. */
function resolved(schema: Schema, root: Schema): Schema {
  const path = textOf(schema['$ref']);
  if (!path?.startsWith('#/')) return schema;
  return path
    .slice(2)
    .split('/')
    .reduce((at, key) => recordOf(at[key]), root);
}

function objectOf(schema: Schema, source: Source, depth: number): Record<string, unknown> {
  const properties = recordOf(schema['properties']);
  const names = Array.isArray(schema['required']) ? schema['required'].map(String) : Object.keys(properties);
  return Object.fromEntries(names.map((name) => [name, instance(recordOf(properties[name]), source, depth + 1)]));
}

/** The first that the words name, else the first. */
function named(choices: unknown[], words: string): unknown {
  const spoken = words.toLowerCase();
  return choices.find((choice) => typeof choice === 'string' && spoken.includes(choice.toLowerCase())) ?? choices[0];
}

function numberOf({ minimum, maximum }: Schema, words: string): number {
  const [found] = /-?\d+/.exec(words) ?? [];
  const [least, most] = [Number(minimum ?? -Infinity), Number(maximum ?? Infinity)];
  return Math.max(least, Math.min(most, Number(found ?? 0)));
}

/** What stands in quotes, else all of it. */
function textFor({ format, minLength, maxLength }: Schema, words: string): string {
  if (format === 'date') return '2024-01-01';
  if (format === 'date-time') return '2024-01-01T00:00:00Z';
  const text = /["“]([^"”]+)["”]/.exec(words)?.[1] ?? words;
  return text.slice(0, Number(maxLength ?? 200)).padEnd(Number(minLength ?? 0), '.');
}
