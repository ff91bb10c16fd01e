import { csvOf } from './csv-of';

describe('A table as CSV', () => {
  it('quotes what needs it and leaves out what is missing', () => {
    expect(
      csvOf(
        ['Workflow', 'Runs'],
        [
          ['A, "B"', 3],
          [null, 0.5],
          ['two\nlines', 1],
        ],
      ),
    ).toBe('Workflow,Runs\r\n"A, ""B""",3\r\n,0.5\r\n"two\nlines",1\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('has no formula of %j', (text) => {
    expect(csvOf(['x'], [[text]])).toBe(`x\r\n'${text}\r\n`);
  });

  it('keeps numbers numbers, also below zero', () => {
    expect(csvOf(['x'], [[-1]])).toBe('x\r\n-1\r\n');
  });
});
