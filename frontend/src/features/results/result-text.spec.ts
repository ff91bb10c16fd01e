import { asJson, asPlainText } from './result-text';

const columns = [{ name: 'NATION' }, { name: 'TOTAL' }];

describe('a result as text', () => {
  it('is JSON with a property for each column, and keeps exact numbers as they came', () => {
    const text = asJson(columns, [
      ['PERU', '12345678901234567890.10'],
      ['CHINA', null],
    ]);
    expect(JSON.parse(text)).toEqual([
      { NATION: 'PERU', TOTAL: '12345678901234567890.10' },
      { NATION: 'CHINA', TOTAL: null },
    ]);
  });

  it('is named lines for several columns, and bare lines for one', () => {
    expect(asPlainText(columns, [['PERU', 1]])).toBe('NATION: PERU\nTOTAL: 1');
    expect(asPlainText([{ name: 'ANSWER' }], [['yes'], ['no']])).toBe('yes\nno');
  });
});
