import { NO_BUDGET } from '@snowflow/contracts/sessions/tenant-limits';
import fc from 'fast-check';
import { Budget, ceilingsOf, LIMIT_OF } from './budget';

const limit = fc.option(fc.integer({ min: 1, max: 50 }));
const limits = fc.record({ maxBytes: limit, maxStatements: limit, maxSeconds: limit, maxTokens: limit });
const statements = fc.array(fc.record({ bytes: fc.nat(30), at: fc.nat(60) }), { maxLength: 40 });

/** What a run's clock says only grows. */
const inTime = (sent: { bytes: number; at: number }[]) => sent.toSorted((a, b) => a.at - b.at);

describe('A budget', () => {
  it('never lets a run pass either limit', () => {
    fc.assert(
      fc.property(limits, limits, statements, (workflow, tenant, wanted) => {
        const budget = new Budget(ceilingsOf(workflow, tenant));
        const sent = inTime(wanted).filter(({ bytes, at }) => budget.take(bytes, at) === undefined);
        for (const { maxBytes, maxStatements, maxSeconds } of [workflow, tenant]) {
          const bytes = sent.reduce((sum, one) => sum + one.bytes, 0);
          expect(bytes).toBeLessThanOrEqual(maxBytes ?? Infinity);
          expect(sent.length).toBeLessThanOrEqual(maxStatements ?? Infinity);
          expect(Math.max(0, ...sent.map(({ at }) => at + 1))).toBeLessThanOrEqual(maxSeconds ?? Infinity);
        }
      }),
    );
  });

  it('refuses only what would pass one, and says by how much', () => {
    fc.assert(
      fc.property(limits, limits, statements, (workflow, tenant, wanted) => {
        const budget = new Budget(ceilingsOf(workflow, tenant));
        for (const { bytes, at } of inTime(wanted)) {
          const before = budget.spent;
          const excess = budget.take(bytes, at);
          if (!excess) {
            expect(budget.spent).toEqual({ ...before, statements: before.statements + 1, bytes: before.bytes + bytes });
            continue;
          }
          const { kind, setBy, limit: ceiling, spent, next } = excess;
          const key = LIMIT_OF[kind];
          expect({ workflow, tenant }[setBy][key]).toBe(ceiling);
          expect(kind === 'seconds' ? spent >= ceiling : spent + next > ceiling).toBe(true);
          expect(budget.spent).toEqual(before);
          return;
        }
      }),
    );
  });

  it('goes on after a crash as if there had been none, and holds in any case', () => {
    fc.assert(
      fc.property(limits, limits, statements, fc.nat(40), (workflow, tenant, wanted, crashAt) => {
        const ceilings = ceilingsOf(workflow, tenant);
        const whole = new Budget(ceilings);
        let resumed = new Budget(ceilings);
        let refusedBefore = false;
        inTime(wanted).forEach(({ bytes, at }, index) => {
          if (index === crashAt) resumed = new Budget(ceilings, resumed.spent);
          const isSent = resumed.take(bytes, at) === undefined;
          if (index < crashAt) refusedBefore ||= !isSent;
          if (!refusedBefore) expect(isSent).toBe(whole.take(bytes, at) === undefined);
        });
        expect(resumed.spent.bytes).toBeLessThanOrEqual(ceilings.bytes?.limit ?? Infinity);
        expect(resumed.spent.statements).toBeLessThanOrEqual(ceilings.statements?.limit ?? Infinity);
      }),
    );
  });

  it('counts a call of a model with all it may come to, until it is known what it came to', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.array(fc.tuple(fc.nat(40), fc.nat(40))), (maxTokens, calls) => {
        const budget = new Budget(ceilingsOf(NO_BUDGET, { ...NO_BUDGET, maxTokens }));
        let sum = 0;
        for (const [atMost, part] of calls) {
          const excess = budget.takeTokens(atMost, 0);
          if (excess) {
            expect(excess).toEqual({ kind: 'tokens', limit: maxTokens, setBy: 'tenant', spent: sum, next: atMost });
            expect(sum + atMost).toBeGreaterThan(maxTokens);
            return;
          }
          expect(budget.spent.tokens).toBe(sum + atMost);
          budget.settleTokens(atMost, Math.min(part, atMost));
          sum += Math.min(part, atMost);
        }
        expect(budget.spent.tokens).toBe(sum);
        expect(sum).toBeLessThanOrEqual(maxTokens);
      }),
    );
  });

  it('that was passed once lets nothing more through', () => {
    const budget = new Budget({ bytes: { limit: 10, setBy: 'workflow' } });
    expect(budget.take(8, 0)).toBeUndefined();
    expect(budget.take(3, 1)).toEqual({ kind: 'bytes', limit: 10, setBy: 'workflow', spent: 8, next: 3 });
    expect(budget.take(1, 2)).toMatchObject({ kind: 'bytes', next: 3 });
    expect(budget.spent).toEqual({ statements: 1, bytes: 8, tokens: 0 });
  });

  it('is the workflow’s or the tenant’s, whichever is lower', () => {
    const none = NO_BUDGET;
    expect(ceilingsOf(none, none)).toEqual({});
    expect(ceilingsOf({ ...none, maxBytes: 5, maxSeconds: 9 }, { ...none, maxBytes: 5, maxSeconds: 3 })).toEqual({
      bytes: { limit: 5, setBy: 'workflow' },
      seconds: { limit: 3, setBy: 'tenant' },
    });
  });
});
