import { type ApiDocument, resolved, type Schema } from './api-operations';
import { chance, type Draw, hostileText, oneOf } from './hostile-values';

const WORDS = [
  'ANALYST',
  'DEMO_WH',
  'DEMO',
  'PUBLIC',
  'ORDERS',
  'TPCH_SF1',
  'SNOWFLAKE_SAMPLE_DATA',
  'demo',
  'builder',
  'a name',
];
const DEPTH = 6;

/** A value that a schema allows, mostly: what has a name that is known has a real value. */
export function valueOf(
  draw: Draw,
  schema: Schema,
  document: ApiDocument,
  known: Readonly<Record<string, unknown>>,
): unknown {
  return of(draw, schema, { document, known, depth: 0 }, '');
}

interface Scope {
  document: ApiDocument;
  known: Readonly<Record<string, unknown>>;
  depth: number;
}

function of(draw: Draw, raw: Schema, scope: Scope, name: string): unknown {
  const schema = resolved(raw, scope.document);
  if (Object.hasOwn(scope.known, name) && chance(draw, 85)) return scope.known[name];
  if (schema.enum) return oneOf(draw, schema.enum);
  if (schema.const !== undefined) return schema.const;
  if (schema.example !== undefined && chance(draw, 70)) return schema.example;
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) return of(draw, oneOf(draw, alternatives), scope, name);
  if (schema.allOf) {
    const parts = schema.allOf.map((part) => of(draw, part, scope, name));
    return parts.every((part) => typeof part === 'object') ? Object.assign({}, ...(parts as object[])) : parts[0];
  }
  const types = [schema.type ?? 'object'].flat();
  return ofType(draw, oneOf(draw, types), schema, scope);
}

function ofType(draw: Draw, type: string, schema: Schema, scope: Scope): unknown {
  const deeper = { ...scope, depth: scope.depth + 1 };
  switch (type) {
    case 'null':
      return null;
    case 'boolean':
      return chance(draw, 50);
    case 'integer':
    case 'number':
      return oneOf(draw, [
        schema.minimum ?? 0,
        (schema.minimum ?? 0) + 1,
        2,
        50,
        Math.min(schema.maximum ?? 1_000, 1e15),
      ]);
    case 'array':
      if (scope.depth >= DEPTH || chance(draw, 30)) return [];
      return Array.from({ length: oneOf(draw, [1, 1, 2]) }, () => of(draw, schema.items ?? {}, deeper, ''));
    case 'string':
      return text(draw, schema);
    default:
      return members(draw, schema, deeper);
  }
}

function members(draw: Draw, schema: Schema, scope: Scope): object {
  const required = new Set(schema.required);
  const kept = Object.entries(schema.properties ?? {}).filter(
    ([name]) => required.has(name) || (scope.depth < DEPTH && chance(draw, 40)),
  );
  return Object.fromEntries(kept.map(([name, member]) => [name, of(draw, member, scope, name)]));
}

function text(draw: Draw, { format, minLength = 0, maxLength = 40 }: Schema): string {
  if (format === 'date-time') return oneOf(draw, ['2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59Z']);
  if (chance(draw, 70)) return oneOf(draw, WORDS);
  return hostileText(draw).padEnd(minLength, 'x').slice(0, maxLength);
}
