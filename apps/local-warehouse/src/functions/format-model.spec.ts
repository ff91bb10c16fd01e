import { dateFormat, numberFormat } from './format-model';

const at = { line: 1, pos: 0 };

describe('dateFormat', () => {
  it.each([
    ['YYYY-MM-DD HH24:MI:SS.FF3', '%Y-%m-%d %H:%M:%S.%g'],
    ['DD-MON-YY', '%d-%b-%y'],
    ['yyyy"T"mm', '%YT%m'],
    ['HH12:MI AM', '%I:%M %p'],
  ])('reads %s', (format, duckdb) => expect(dateFormat(format, at)).toBe(duckdb));

  it('refuses an element it does not know', () => {
    expect(() => dateFormat('YYYY-WW', at)).toThrow("Unsupported feature 'date format 'YYYY-WW''.");
  });
});

describe('numberFormat', () => {
  it('refuses what is more than digits, commas and a point', () => {
    expect(() => numberFormat('x', '$999', at)).toThrow('Unsupported feature');
    expect(() => numberFormat('x', '999EEEE', at)).toThrow('Unsupported feature');
  });
});
