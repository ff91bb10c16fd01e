import fc from 'fast-check';
import { toldHistory } from './told-history';
import type { Turn } from './turn';

const turn = (id: string, answer?: string): Turn => ({
  id,
  question: `Question ${id}`,
  state: 'ended',
  ...(answer === undefined ? {} : { answer }),
});

describe('What a workflow is told of earlier turns', () => {
  it('is messages as models take them, without what was never answered', () => {
    expect(JSON.parse(toldHistory([turn('1', 'One'), turn('2'), turn('3', 'Three')]))).toEqual([
      { role: 'user', content: 'Question 1' },
      { role: 'assistant', content: 'One' },
      { role: 'user', content: 'Question 3' },
      { role: 'assistant', content: 'Three' },
    ]);
    expect(toldHistory([])).toBe('[]');
  });

  it('fits a parameter, and gives up the oldest first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { maxLength: 30 }), (lengths) => {
        const turns = lengths.map((length, index) => turn(String(index), 'x'.repeat(length)));
        const text = toldHistory(turns);
        expect(text.length).toBeLessThanOrEqual(60_000);
        const told = (JSON.parse(text) as { role: string; content: string }[]).filter(({ role }) => role === 'user');
        const newest = turns.slice(turns.length - told.length).map(({ question }) => question);
        expect(told.map(({ content }) => content)).toEqual(newest);
      }),
    );
  });
});
