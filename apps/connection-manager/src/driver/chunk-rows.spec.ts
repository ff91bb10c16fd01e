import fc from 'fast-check';
import type { RawRow } from './snowflake-driver';
import { rowsOfText } from './chunk-rows';

/** Values that look like the ends and starts of rows, and any others. */
const value = fc.option(
  fc.oneof(fc.constantFrom('],[', '"],["', '\\', '\\"', ',', '[', '],', '"', ' ', 'x],'), fc.string()),
  { nil: null },
);
const rows = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 40 }));
const textOf = (all: RawRow[], between: string) => all.map((row) => JSON.stringify(row)).join(between);

describe('the rows of a chunk', () => {
  it('are the same however small the bits are in which they are parsed, and whatever their values look like', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 60 }), fc.constantFrom(',', ',\n'), (all, slice, between) => {
        expect([...rowsOfText(textOf(all, between), 0, all.length, slice)].flat()).toEqual(all);
      }),
    );
  });

  it('are those that were asked for', () => {
    fc.assert(
      fc.property(rows, fc.nat(45), fc.nat(45), (all, from, to) => {
        expect([...rowsOfText(textOf(all, ','), from, to, 10)].flat()).toEqual(all.slice(from, to));
      }),
    );
  });

  it('are parsed no further than they are taken', () => {
    const text = `["1","a"],["2","b"],["3",`;
    const parts = rowsOfText(text, 0, 3, 5);
    expect(parts.next().value).toEqual([['1', 'a']]);
    expect(parts.next().value).toEqual([['2', 'b']]);
    expect(() => parts.next()).toThrow(SyntaxError);
  });
});
