/** @jest-environment node */
import { ApiError, UnreachableError } from './api-error';
import { asksAgain, asksAgainAfterMs, busyForMs } from './asks-again';

const busy = (status: number, seconds?: number) => new ApiError(status, { code: 'OVERLOADED' }, seconds);

describe('A read that was not answered with what it asked for', () => {
  it('is asked again when a busy server says when, four times at most', () => {
    for (const error of [busy(503, 2), busy(429, 2)]) {
      expect([0, 3, 4].map((failures) => asksAgain(failures, error))).toEqual([true, true, false]);
      expect(asksAgainAfterMs(0, error, () => 0)).toBe(2_000);
      expect(asksAgainAfterMs(3, error, () => 1)).toBe(3_000);
    }
  });

  it('is given up where it was refused for good, or for longer than anybody waits', () => {
    for (const error of [busy(503), busy(429, 3_600), busy(403, 1), new ApiError(404, {})]) {
      expect(asksAgain(0, error)).toBe(false);
      expect(busyForMs(error)).toBeUndefined();
    }
  });

  it('is asked twice more, later each time, where there was no answer', () => {
    const none = new UnreachableError('cut');
    expect([0, 1, 2].map((failures) => asksAgain(failures, none))).toEqual([true, true, false]);
    expect([0, 1].map((failures) => asksAgainAfterMs(failures, none))).toEqual([1_000, 2_000]);
  });
});
