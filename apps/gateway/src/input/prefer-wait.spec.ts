import * as fc from 'fast-check';
import { preferredWaitSeconds } from './prefer-wait';

describe('Prefer: wait', () => {
  it.each([
    [undefined, 0],
    ['wait=30', 30],
    ['respond-async, wait=5', 5],
    ['WAIT = "7"; foo', 7],
    ['wait=600', 60],
    ['wait=-1', 0],
    ['wait=soon', 0],
    ['await=9', 0],
  ])('%p is %p seconds', (header, seconds) => {
    expect(preferredWaitSeconds(header)).toBe(seconds);
  });

  it('is between 0 and 60 seconds, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const seconds = preferredWaitSeconds(header);
        return Number.isInteger(seconds) && seconds >= 0 && seconds <= 60;
      }),
    );
  });
});
