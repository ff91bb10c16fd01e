import fc from 'fast-check';
import { arithmetic, interval } from './arithmetic';
import { date, fixed, real, typeName, type SnowflakeType } from './snowflake-type';
import type { Typed } from './typed';

const at = { line: 1, pos: 0 };
const value = (type: SnowflakeType): Typed => ({ sql: 'x', type, nullable: false, at });
const result = (operator: '+' | '-' | '*' | '/' | '%', a: SnowflakeType, b: SnowflakeType) =>
  typeName(arithmetic(operator, value(a), value(b), at).type);

describe('arithmetic', () => {
  it.each([
    ['+', fixed(12, 2), fixed(38, 0), 'NUMBER(38,2)'],
    ['-', fixed(1, 0), fixed(12, 2), 'NUMBER(13,2)'],
    ['*', fixed(12, 2), fixed(13, 2), 'NUMBER(25,4)'],
    ['*', fixed(38, 10), fixed(38, 10), 'NUMBER(38,12)'],
    ['/', fixed(12, 2), fixed(12, 2), 'NUMBER(20,8)'],
    ['/', fixed(38, 0), fixed(1, 0), 'NUMBER(38,6)'],
    ['/', fixed(38, 15), fixed(1, 0), 'NUMBER(38,15)'],
    ['%', fixed(12, 2), fixed(3, 0), 'NUMBER(12,2)'],
    ['*', fixed(12, 2), real, 'FLOAT'],
    ['-', date, date, 'NUMBER(9,0)'],
    ['+', date, fixed(1, 0), 'DATE'],
  ] as const)('gives %s of its operands the type that Snowflake gives it', (operator, a, b, type) => {
    expect(result(operator, a, b)).toBe(type);
  });

  it('never needs more than 38 digits', () => {
    const decimal = fc
      .integer({ min: 1, max: 38 })
      .chain((precision) =>
        fc.integer({ min: 0, max: Math.min(precision, 37) }).map((scale) => fixed(precision, scale)),
      );
    fc.assert(
      fc.property(fc.constantFrom('+', '-', '*', '/', '%'), decimal, decimal, (operator, a, b) => {
        const { type } = arithmetic(operator, value(a), value(b), at);
        if (type.kind !== 'fixed') throw new Error('Decimals stay decimals');
        expect(type.precision).toBeLessThanOrEqual(38);
        expect(type.scale).toBeLessThanOrEqual(37);
      }),
    );
  });

  it('adds an interval of days to a date without making it a timestamp', () => {
    expect(typeName(arithmetic('+', value(date), interval('3 months, 1 day', at), at).type)).toBe('DATE');
    expect(typeName(arithmetic('+', value(date), interval('2 hours', at), at).type)).toBe('TIMESTAMP_NTZ(9)');
  });

  it('refuses what Snowflake has no rule for', () => {
    expect(() => result('*', date, fixed(1, 0))).toThrow(/DATE \* NUMBER/);
  });
});
