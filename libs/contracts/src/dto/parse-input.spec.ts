import 'reflect-metadata';
import fc from 'fast-check';
import { AppError } from '../errors/app-error';
import { Nothing } from '../rpc/nothing';
import { FreeObject, Nested, Text, Whole } from './fields';
import { parseInput } from './parse-input';

class Line {
  @Text({ max: 5 })
  name: string;
}

class Order {
  @Whole({ optional: true, max: 9 })
  count?: number;

  @Nested(() => Line, { many: true })
  lines: Line[];

  @FreeObject({ optional: true })
  extra?: object;
}

function problemsOf(shape: new () => object, plain: unknown): unknown {
  try {
    parseInput(shape, plain);
  } catch (error) {
    if (error instanceof AppError && error.code === 'VALIDATION') return error.details.errors?.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('parsing an input', () => {
  it('gives an instance of the class, with query strings converted', () => {
    const order = parseInput(Order, { count: '3', lines: [{ name: 'a' }] });
    expect(order).toBeInstanceOf(Order);
    expect(order.lines[0]).toBeInstanceOf(Line);
    expect(order.count).toBe(3);
  });

  it('names every field that is wrong by its path', () => {
    const plain = { count: 10, lines: [{ name: 'a' }, { name: 'too long', colour: 'red' }], other: 1 };
    expect(problemsOf(Order, plain)).toEqual(
      expect.arrayContaining(['count', 'lines.1.name', 'lines.1.colour', 'other']),
    );
  });

  it('takes nothing where nothing is asked', () => {
    expect(parseInput(Nothing, {})).toBeInstanceOf(Nothing);
    expect(problemsOf(Nothing, { any: 1 })).toEqual(['any']);
  });

  it('refuses what is no object, and what is nested too deep to walk', () => {
    for (const plain of [null, undefined, 'x', 1, []]) expect(problemsOf(Order, plain)).toEqual(['']);
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`);
    expect(problemsOf(Order, { lines: [], extra: deep })).toEqual(['']);
  });

  it('never repeats a value in its message', () => {
    const failure = (() => {
      try {
        return parseInput(Order, { count: 'canary', lines: [{ name: 'canary' }] });
      } catch (error) {
        return JSON.stringify(error) + String(error);
      }
    })();
    expect(failure).toContain('VALIDATION');
    expect(failure).not.toContain('canary');
  });

  it('ends in an instance or a VALIDATION error, whatever comes', () => {
    fc.assert(fc.property(fc.jsonValue(), (plain) => void problemsOf(Order, plain)));
  });

  it('takes null for left out where a field may be left out', () => {
    expect(parseInput(Order, { count: null, lines: [] }).count).toBeUndefined();
  });

  it('refuses names that reach constructors and prototypes, and lists in the place of objects', () => {
    expect(problemsOf(Order, { lines: [], extra: { constructor: 'x' } })).toEqual(['constructor']);
    expect(problemsOf(Order, { lines: [[]] })).toEqual(['lines']);
    expect(problemsOf(Order, { lines: [], count: { toString: '' } })).toEqual(['']);
  });
});
