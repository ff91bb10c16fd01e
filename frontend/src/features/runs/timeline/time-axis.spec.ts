import * as fc from 'fast-check';
import { labelPx, tickText, ticksOf } from './time-axis';

const labelsOf = (spanMs: number, axisPx: number) => ticksOf(spanMs, axisPx).flatMap(({ label }) => label ?? []);
const span = fc.integer({ min: 1, max: 10_000_000_000 });
const width = fc.integer({ min: 0, max: 2_000 });

describe('The axis of the timeline', () => {
  it('begins at 0 and has at most six marks, at round times within it', () => {
    fc.assert(
      fc.property(span, width, (spanMs, axisPx) => {
        const ticks = ticksOf(spanMs, axisPx);
        expect(ticks[0]?.ms).toBe(0);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks.every(({ at }) => at >= 0 && at <= 1)).toBe(true);
        expect(ticks.every(({ ms }) => Number.isInteger(ms))).toBe(true);
      }),
    );
  });

  it('has labels that neither touch each other nor leave it, however narrow it is', () => {
    fc.assert(
      fc.property(span, width, (spanMs, axisPx) => {
        const labelled = ticksOf(spanMs, axisPx).flatMap(({ at, label }) =>
          label === undefined ? [] : [{ from: at * axisPx, to: at * axisPx + labelPx(label) }],
        );
        for (const [index, { to }] of labelled.entries()) {
          expect(to).toBeLessThanOrEqual(axisPx);
          expect(labelled[index + 1]?.from ?? Infinity).toBeGreaterThan(to);
        }
      }),
    );
  });

  it('has fewer marks the narrower it is', () => {
    fc.assert(
      fc.property(span, width, width, (spanMs, one, other) => {
        const [narrow, wide] = [Math.min(one, other), Math.max(one, other)];
        expect(ticksOf(spanMs, narrow).length).toBeLessThanOrEqual(ticksOf(spanMs, wide).length);
      }),
    );
    expect(labelsOf(900, 600)).toEqual(['0', '200 ms', '400 ms', '600 ms', '800 ms']);
    expect(labelsOf(900, 150)).toEqual(['0', '500 ms']);
    expect(labelsOf(900, 0)).toEqual([]);
  });

  it('says times by their largest units', () => {
    expect(labelsOf(44_000, 600)).toEqual(['0', '10 s', '20 s', '30 s', '40 s']);
    expect([200, 90_000, 3_600_000].map(tickText)).toEqual(['200 ms', '1 min 30 s', '1 h']);
  });
});
