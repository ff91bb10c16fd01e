import { cronInWords, intervalInWords } from './cron-words';

it.each([
  ['0 7 * * MON-FRI', 'At 07:00 on Monday to Friday'],
  ['30 6,18 * * *', 'At 06:30 and 18:30'],
  ['*/15 * * * *', 'Every 15 minutes'],
  ['5 * * * *', 'At minute 5 of every hour'],
  ['0 0 L * *', 'At 00:00 on the last day of the month'],
  ['0 9 * * 5L', 'At 09:00 on the last Friday'],
  ['0 9 * * 1#2', 'At 09:00 on the second Monday'],
  ['0 0 1 JAN,7 *', 'At 00:00 on day 1 of the month in January and July'],
  ['0 0 13 * FRI', 'At 00:00 on day 13 of the month or on Friday'],
  ['0 7 * *', undefined],
])('%s is %s', (cron, words) => expect(cronInWords(cron)).toBe(words));

it('says intervals', () => expect(intervalInWords('1d12h')).toBe('Every 1 days 12 hours'));
