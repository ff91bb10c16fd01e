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
    expect(admission.isFull()).toBe(true);
    expect(await admission.admit({})).toBe(false);
    admission.leave(first);
    expect(await waits[0]).toBe(true);
    jest.advanceTimersByTime(120);
    expect(await waits[1]).toBe(false);
  });

  it('has no more in line than there are places, and patience is short, once the line has not been empty for long', async () => {
    const admission = new Admission({ atOnce: 2, inLine: 20, patienceMs: 100 });
    const crowd = named(18);
    const ends = new Map<number, boolean>();
    const come = (request: { index: number }) =>
      void admission.admit(request).then((isAdmitted) => ends.set(request.index, isAdmitted));
    for (const request of crowd.slice(0, 14)) {
      come(request);
      jest.advanceTimersByTime(10);
    }
    // Of those who came more than a fifth of the patience ago nobody is there any more.
    expect(admission.waiting).toBeLessThanOrEqual(2);
    crowd.slice(14).forEach(come);
    expect([admission.waiting, admission.isFull()]).toEqual([2, true]);
    admission.leave(crowd[0] as object);
    await new Promise(setImmediate);
    // The one that has waited for longest goes first.
    const admitted = [...ends].filter(([, isAdmitted]) => isAdmitted).map(([index]) => index);
    expect(admitted.slice(0, 2)).toEqual([0, 1]);
    expect(admitted).toHaveLength(3);
    expect(ends.get(17)).toBe(false);
  });

  it('takes a line that was empty for a moment for the same crowd, and one that was so for long for a burst', async () => {
    const admission = new Admission({ atOnce: 1, inLine: 9, patienceMs: 100 });
    const fill = () => named(9).map((request) => admission.admit(request));
    const [first, second] = named(2) as [object, object];
    await admission.admit(first);
    void admission.admit(second);
    jest.advanceTimersByTime(98);
    admission.leave(first);
    jest.advanceTimersByTime(4);
    expect([admission.waiting, fill().length, admission.waiting]).toEqual([0, 9, 1]);
    jest.advanceTimersByTime(500);
    expect(admission.waiting).toBe(0);
    jest.advanceTimersByTime(6);
    expect([admission.waiting, fill().length, admission.waiting]).toEqual([0, 9, 9]);
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
