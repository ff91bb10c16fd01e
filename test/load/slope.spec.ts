import fc from 'fast-check';
import { slopeOf } from './slope';

describe('A slope through points', () => {
  const number = fc.integer({ min: -1000, max: 1000 });

  it('is that of the line they lie on, without an error', () => {
    fc.assert(
      fc.property(number, number, fc.uniqueArray(number, { minLength: 3, maxLength: 40 }), (rise, offset, xs) => {
        const { perUnit, error } = slopeOf(xs.map((x) => [x, offset + rise * x]));
        expect(perUnit).toBeCloseTo(rise, 6);
        expect(error).toBeCloseTo(0, 4);
      }),
    );
  });

  it('has the error that a textbook gives', () => {
    const { perUnit, error } = slopeOf([
      [1, 2],
      [2, 4],
      [3, 5],
      [4, 4],
      [5, 5],
    ]);
    expect(perUnit).toBeCloseTo(0.6, 10);
    expect(error).toBeCloseTo(0.2828, 4);
  });

  it('needs three points', () => {
    expect(() =>
      slopeOf([
        [1, 2],
        [2, 3],
      ]),
    ).toThrow('three points');
  });
});
