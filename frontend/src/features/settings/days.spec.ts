import { expiryText } from './days';

describe('when something expires', () => {
  const now = Date.parse('2026-05-02T12:00:00Z');

  it('is a date while it is far away', () => expect(expiryText('2026-08-01T12:00:00Z', now)).toBe('1 Aug 2026'));
  it('counts the days when it is near', () => {
    expect(expiryText('2026-05-03T13:00:00Z', now)).toBe('3 May 2026, in 1 day');
    expect(expiryText('2026-05-07T13:00:00Z', now)).toBe('7 May 2026, in 5 days');
    expect(expiryText('2026-05-02T20:00:00Z', now)).toBe('2 May 2026, in less than a day');
  });
  it('says that it has expired', () => expect(expiryText('2026-05-01T12:00:00Z', now)).toBe('Expired on 1 May 2026'));
});
