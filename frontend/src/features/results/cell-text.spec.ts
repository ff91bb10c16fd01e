import { cellText, isNumeric, tsv } from './cell-text';

describe('values of a result', () => {
  it('shows numbers that came as text unchanged and objects as JSON', () => {
    expect([cellText('12345678901234567890.10'), cellText({ a: [1] }), cellText(null), cellText(false)]).toEqual([
      '12345678901234567890.10',
      '{"a":[1]}',
      '',
      'false',
    ]);
  });
  it('copies as tab-separated values that a spreadsheet reads back', () => {
    expect(
      tsv([
        ['A', 'B'],
        ['x\ty', 'say "hi"'],
        [null, 1],
      ]),
    ).toBe('A\tB\n"x\ty"\t"say ""hi"""\n\t1');
  });
  it('knows which types stand right', () => {
    expect(['NUMBER(38,2)', 'FLOAT', 'VARCHAR(10)', 'DATE'].map(isNumeric)).toEqual([true, true, false, false]);
  });
});
