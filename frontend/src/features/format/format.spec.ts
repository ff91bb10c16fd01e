import { timeAgo } from './moments';
import { bytesText, compactCount, durationText, rowsText } from './numbers';

describe('numbers as people read them', () => {
  it('is exact below 100,000 and rounded to three figures above', () => {
    expect([0, 9377, 99_999, 148_200, 1_240_000, 6_001_215].map(compactCount)).toEqual([
      '0',
      '9,377',
      '99,999',
      '148 K',
      '1.24 M',
      '6 M',
    ]);
  });
  it('gives bytes three figures in the unit that fits', () => {
    expect([0, 1, 950, 1_240_000, 3e9, 7.25e15].map(bytesText)).toEqual([
      '0 bytes',
      '1 byte',
      '950 bytes',
      '1.24 MB',
      '3 GB',
      '7.25 PB',
    ]);
  });
  it('says one row, not one rows', () => expect(rowsText(1)).toBe('1 row'));
  it('shows short times in ms, then s, then minutes', () => {
    expect([12, 1_800, 124_000].map(durationText)).toEqual(['12 ms', '1.8 s', '2 min 04 s']);
  });
  it('gives the date after a day', () => {
    const now = Date.parse('2026-05-02T12:00:00Z');
    expect(timeAgo('2026-05-02T11:48:00Z', now)).toBe('12 min ago');
    expect(timeAgo('2026-04-28T11:48:00Z', now)).toBe('28 Apr 2026');
  });
});
