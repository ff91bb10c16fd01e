import fc from 'fast-check';
import { Admission } from './admission';

/** Longer than any of these tests takes. */
const PATIENT_MS = 60_000;
const named = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));

describe('Admission', () => {
  beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
  afterEach(() => void jest.useRealTimers());

  it('never lets in more than there are places, nor has more in line, and answers everybody', async () => {
    const acts = fc.array(fc.record({ comes: fc.boolean(), which: fc.nat() }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(acts, fc.integer({ min: 1, max: 4 }), fc.nat({ max: 4 }), async (all, atOnce, inLine) => {
        const admission = new Admission({ atOnce, inLine, patienceMs: PATIENT_MS });
        const inside: object[] = [];
        let [asked, answered] = [0, 0];
        for (const { comes, which } of all) {
          const request = {};
          if (comes) {
            asked += 1;
            void admission.admit(request).then((isAdmitted) => {
              answered += 1;
              if (isAdmitted) inside.push(request);
            });
          } else if (inside.length > 0) admission.leave(inside.splice(which % inside.length, 1)[0] as object);
          await new Promise(setImmediate);
          expect(admission.underWay).toBe(inside.length);
          expect(inside.length).toBeLessThanOrEqual(atOnce);
          expect(admission.waiting).toBeLessThanOrEqual(inLine);
          expect(admission.waiting === 0 || inside.length === atOnce).toBe(true);
        }
        jest.advanceTimersByTime(PATIENT_MS * 2);
        await new Promise(setImmediate);
        expect([admission.waiting, answered]).toEqual([0, asked]);
      }),
      { numRuns: 50 },
    );
  });

  it('serves a burst in its order, and turns away who waited for too long', async () => {
    const admission = new Admission({ atOnce: 1, inLine: 2, patienceMs: 100 });
    const [first, second, third] = named(3) as [object, object, object];
    expect(await admission.admit(first)).toBe(true);
    const waits = [admission.admit(second), admission.admit(third)];
    expect(admission.isFull).toBe(true);
    expect(await admission.admit({})).toBe(false);
    admission.leave(first);
    expect(await waits[0]).toBe(true);
    jest.advanceTimersByTime(120);
    expect(await waits[1]).toBe(false);
  });

  it('serves the newest first, and shortens patience, once the line has not been empty for long', async () => {
    const admission = new Admission({ atOnce: 1, inLine: 20, patienceMs: 100 });
    const crowd = named(16);
    const served: number[] = [];
    await admission.admit(crowd[0] as object);
    const come = (request: { index: number }) =>
      void admission.admit(request).then((isAdmitted) => isAdmitted && served.push(request.index));
    for (const request of crowd.slice(1, 14)) {
      come(request);
      jest.advanceTimersByTime(10);
    }
    // They came 30 ms ago and later: of those before nobody is there any more.
    expect(admission.waiting).toBeLessThanOrEqual(3);
    crowd.slice(14).forEach(come);
    admission.leave(crowd[0] as object);
    await new Promise(setImmediate);
    expect(served).toEqual([15]);
  });

  it('gives the place of one that has taken long to another, but to so many only', async () => {
    const admission = new Admission({ atOnce: 1, inLine: 0, patienceMs: 100 });
    for (let turn = 0; turn < 3; turn++) {
      expect(await admission.admit({})).toBe(true);
      expect(await admission.admit({})).toBe(false);
      jest.advanceTimersByTime(5_500);
    }
    expect([await admission.admit({}), admission.underWay]).toEqual([false, 3]);
  });
});
