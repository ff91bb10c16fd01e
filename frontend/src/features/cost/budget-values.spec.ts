import fc from 'fast-check';
import { budgetFromValues, budgetToValues, budgetValues } from './budget-values';

const limit = (max: number) => fc.option(fc.integer({ min: 1, max }));
const budget = fc.record({
  maxBytes: fc.option(
    fc.oneof(
      fc.integer({ min: 1, max: 2_000 }),
      fc.maxSafeInteger().map((n) => 1 + (Math.abs(n) % 1e15)),
    ),
  ),
  maxStatements: limit(100_000),
  maxSeconds: limit(2_592_000),
  maxTokens: limit(1_000_000_000),
});

describe('a budget in its form', () => {
  it('comes out as it went in, to the byte', () => {
    fc.assert(
      fc.property(budget, (before) => {
        expect(budgetFromValues(budgetValues.parse(budgetToValues(before)))).toEqual(before);
      }),
    );
  });

  it.each(['0', '-1', '1,5', 'a lot', '1e3', '1000001'])('does not take %p for a number of gigabytes', (gigabytes) => {
    const { error } = budgetValues.safeParse({ gigabytes, statements: '1.5', seconds: ' ', tokens: '' });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['gigabytes', 'statements']);
  });
});
