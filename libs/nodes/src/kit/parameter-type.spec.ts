import fc from 'fast-check';
import { asType, isOfType } from './parameter-type';

describe('A value as a type of parameter', () => {
  it('is what its text says, and stays as it is where it says something else', () => {
    expect(asType('number', ' 12.50 ')).toBe(12.5);
    expect(asType('number', '1e3')).toBe(1000);
    for (const text of ['', 'many', '0x', '12345678901234567890', 'Infinity'])
      expect(asType('number', text)).toBe(text);
    expect(asType('boolean', 'TRUE')).toBe(true);
    expect(asType('boolean', 'yes')).toBe('yes');
    expect(asType('date', ' 2027-01-31 ')).toBe('2027-01-31');
    expect(asType('string', { a: [1] })).toBe('{"a":[1]}');
    expect(asType('number', [1])).toEqual([1]);
    expect(asType('string', null)).toBeNull();
  });

  it('of the type itself is not changed, and a whole number that fits survives its text', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string(), fc.boolean(), (number, text, flag) => {
        expect(asType('number', String(number))).toBe(number);
        expect(asType('number', number)).toBe(number);
        expect(asType('string', text)).toBe(text);
        expect(asType('boolean', flag)).toBe(flag);
      }),
    );
  });

  it('is a day that there is', () => {
    expect(isOfType('date', '2024-02-29')).toBe(true);
    expect(isOfType('date', '2023-02-29')).toBe(false);
    expect(isOfType('timestamp', '2023-02-28T10:00:00Z')).toBe(true);
    expect(isOfType('timestamp', '2023-02-30 10:00')).toBe(false);
  });
});
