import * as fc from 'fast-check';

/** Draws a value; the same seed draws the same ones. */
export type Draw = fc.GeneratorValue;

/** Texts that have broken servers of this kind. */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u200b\ufeff',
  'ﬀ🧨é̶̢̛',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '%00',
  '%',
  "' OR '1'='1",
  "'; DROP TABLE workflow.workflows; --",
  '" UNION SELECT NULL --',
  "1'||pg_sleep(5)--",
  '$${{7*7}}${7*7}',
  '<script>alert(1)</script>',
  '{{constructor.constructor("return process")()}}',
  'file:///etc/passwd',
  'http://169.254.169.254/latest/meta-data/',
  'javascript:alert(1)',
  '*\r\nX-Injected: yes',
  'undefined',
  'null',
  'NaN',
  '-0',
  '1e309',
  '0x7fffffff',
  '9007199254740993',
  '-9223372036854775809',
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  '0001-01-01T00:00:00Z',
  '(a+)+$',
  'x'.repeat(256),
  'x'.repeat(5_000),
  '𝒳'.repeat(2_000),
  '('.repeat(2_000),
  'wf_0123456789abcdef0123',
  'run_0123456789abcdef0123',
  "usr_' OR 1=1 --",
];
const NUMBERS = [
  0,
  -0,
  -1,
  1.5,
  1e21,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  2 ** 63,
  Number.MIN_VALUE,
  -2147483649,
];
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', '', '$ref', '\u0000', 'a.b', 'x'.repeat(300)];

const anyText = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const anyJson = fc.jsonValue({ maxDepth: 4 });
const share = fc.nat({ max: 99 });
const asShare = () => share;
const asText = () => anyText;
const asJson = () => anyJson;
const asIndex = (max: number) => fc.nat({ max });

/** Whether a thing that happens so many times in a hundred does. */
export const chance = (draw: Draw, percent: number) => draw(asShare) < percent;

/** One of a list that has any. */
export const oneOf = <Value>(draw: Draw, values: readonly Value[]): Value =>
  values[draw(asIndex, values.length - 1)] as Value;

export const hostileText = (draw: Draw): string => draw(asText);

/** Any JSON value that nobody asked for: of another type, too large, too deep, or with keys that reach prototypes. */
export function hostileValue(draw: Draw): unknown {
  const roll = draw(asShare);
  if (roll < 45) return hostileText(draw);
  if (roll < 60) return oneOf(draw, NUMBERS);
  if (roll < 70) return oneOf(draw, [null, true, false, [], {}]);
  if (roll < 85) return draw(asJson);
  if (roll < 90) return { [oneOf(draw, KEYS)]: hostileText(draw) };
  if (roll < 95) return nested(draw, oneOf(draw, [10, 63, 65, 400, 3_000]));
  return Array.from({ length: oneOf(draw, [2, 300, 3_000]) }, () => oneOf(draw, NUMBERS));
}

function nested(draw: Draw, depth: number): unknown {
  const asArray = chance(draw, 50);
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level += 1) value = asArray ? [value] : { a: value };
  return value;
}

/** The same with one place of it damaged: another value, gone, or one more key beside. */
export function damaged(draw: Draw, value: unknown): unknown {
  const goDeeper = typeof value === 'object' && value !== null && chance(draw, 80);
  if (!goDeeper) return hostileValue(draw);
  if (Array.isArray(value)) {
    if (value.length === 0) return [hostileValue(draw)];
    const at = draw(asIndex, value.length - 1);
    return value.map((item: unknown, index) => (index === at ? damaged(draw, item) : item));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || chance(draw, 10)) return withKey(value, oneOf(draw, KEYS), hostileValue(draw));
  const [key, inner] = oneOf(draw, entries);
  if (chance(draw, 10)) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return withKey(value, key, damaged(draw, inner));
}

/** With the key as its own, also where it is `__proto__`. */
const withKey = (value: object, key: string, inner: unknown): object =>
  Object.fromEntries([...Object.entries(value), [key, inner]]);
