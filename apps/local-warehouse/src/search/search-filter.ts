import { recordOf } from '../http/exchange';
import { RestRefusal } from '../http/rest-reply';

/** A row as text by column. */
export type SearchRow = Readonly<Record<string, string | null>>;
export type RowTest = (row: SearchRow) => boolean;

/** What compares one attribute with one value. */
const comparisons: Readonly<Record<string, (held: string, wanted: unknown) => boolean>> = {
  '@eq': (held, wanted) => (typeof wanted === 'number' ? Number(held) === wanted : held === String(wanted)),
  '@contains': (held, wanted) => listOf(held).includes(String(wanted)),
  '@gte': (held, wanted) => ordered(held, wanted) >= 0,
  '@lte': (held, wanted) => ordered(held, wanted) <= 0,
};

/** The test that a filter is. Refuses by name what it does not know. */
export function readFilter(filter: unknown, attributes: readonly string[]): RowTest {
  const entries = Object.entries(recordOf(filter));
  const [first] = entries;
  if (!first || entries.length > 1) throw new RestRefusal(400, 'A filter is an object with one operator, such as @eq');
  const [operator, operand] = first;
  if (operator === '@and' || operator === '@or') {
    if (!Array.isArray(operand)) throw new RestRefusal(400, `${operator} takes a list of filters`);
    const tests = operand.map((part: unknown) => readFilter(part, attributes));
    return (row) => (operator === '@and' ? tests.every((test) => test(row)) : tests.some((test) => test(row)));
  }
  if (operator === '@not') {
    const test = readFilter(operand, attributes);
    return (row) => !test(row);
  }
  const compare = comparisons[operator];
  if (!compare) throw new RestRefusal(400, `The filter operator ${operator} is not known here`);
  return comparison(operator, compare, operand, attributes);
}

function comparison(
  operator: string,
  compare: (held: string, wanted: unknown) => boolean,
  operand: unknown,
  attributes: readonly string[],
): RowTest {
  const pairs = Object.entries(recordOf(operand));
  const [pair] = pairs;
  if (!pair || pairs.length > 1) throw new RestRefusal(400, `${operator} takes one attribute with its value`);
  const [name, wanted] = pair;
  if (!['string', 'number', 'boolean'].includes(typeof wanted)) {
    throw new RestRefusal(400, `${operator} compares ${name} with a text, a number or a truth value`);
  }
  const attribute = attributes.find((one) => one === name) ?? attributes.find((one) => one === name.toUpperCase());
  if (attribute === undefined) {
    const known = attributes.length > 0 ? attributes.join(', ') : 'none';
    throw new RestRefusal(400, `${name} is no attribute of the service; its attributes: ${known}`);
  }
  return (row) => {
    const held = row[attribute] ?? null;
    return held !== null && compare(held, wanted);
  };
}

function listOf(held: string): string[] {
  try {
    const parsed: unknown = JSON.parse(held);
    return Array.isArray(parsed) ? parsed.map(String) : [];
  } catch {
    return [];
  }
}

/** Numbers by size, all else as text, which dates in their written form are rightly. */
function ordered(held: string, wanted: unknown): number {
  if (typeof wanted === 'number') return Number(held) - wanted;
  const text = String(wanted);
  return held < text ? -1 : held > text ? 1 : 0;
}
