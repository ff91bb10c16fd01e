import fc from 'fast-check';
import { nextInstants, newestInstants } from './timetable';
import { checkedTimetable, timetableOf } from './timing';
import { minuteWalk } from '../testing/minute-walk';

const cron = (text: string, timezone = 'Europe/Berlin') => timetableOf({ cron: text, every: null, timezone, start: 0 });
const at = (moment: string) => Date.parse(moment);
const next = (text: string, zone: string, from: string, count = 3) =>
  nextInstants(cron(text, zone), at(from), count).map((instant) => new Date(instant).toISOString().slice(0, 16));

describe('A timetable by cron', () => {
  it('runs a time that clocks jump over at the first moment after the jump, once', () => {
    expect(next('30 2 * * *', 'Europe/Berlin', '2026-03-28T00:00Z')).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    expect(next('*/20 2,3 * * *', 'Europe/Berlin', '2026-03-29T00:30Z', 4)).toEqual([
      '2026-03-29T01:00',
      '2026-03-29T01:20',
      '2026-03-29T01:40',
      '2026-03-30T00:00',
    ]);
  });

  it('runs a time that comes twice the first time only', () => {
    expect(next('30 1 * * *', 'America/New_York', '2026-10-31T12:00Z')).toEqual([
      '2026-11-01T05:30',
      '2026-11-02T06:30',
      '2026-11-03T06:30',
    ]);
    expect(next('30 * * * *', 'America/New_York', '2026-11-01T05:00Z')).toEqual([
      '2026-11-01T05:30',
      '2026-11-01T07:30',
      '2026-11-01T08:30',
    ]);
  });

  it('knows jumps of half an hour and of a whole day', () => {
    expect(next('15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00Z', 2)).toEqual([
      '2026-10-03T15:30',
      '2026-10-04T15:15',
    ]);
    expect(next('0 12 * * *', 'Pacific/Apia', '2011-12-29T00:00Z', 3)).toEqual([
      '2011-12-29T22:00',
      '2011-12-30T10:00',
      '2011-12-30T22:00',
    ]);
  });

  it.each([
    ['0 7 L * *', ['2026-01-31T07:00', '2026-02-28T07:00', '2026-03-31T07:00']],
    ['0 7 * * 5L', ['2026-01-30T07:00', '2026-02-27T07:00', '2026-03-27T07:00']],
    ['0 7 * * MON#2', ['2026-01-12T07:00', '2026-02-09T07:00', '2026-03-09T07:00']],
    ['0 7 13 * FRI', ['2026-01-02T07:00', '2026-01-09T07:00', '2026-01-13T07:00']],
    ['5/25 0 1 JAN-MAR/2 ?', ['2026-01-01T00:05', '2026-01-01T00:30', '2026-01-01T00:55']],
    ['0 0 29 2 *', ['2028-02-29T00:00', '2032-02-29T00:00', '2036-02-29T00:00']],
    ['0 0 * * 7', ['2026-01-04T00:00', '2026-01-11T00:00', '2026-01-18T00:00']],
  ])('reads %s as cron does', (text, expected) => {
    expect(next(text, 'UTC', '2025-12-31T23:59Z')).toEqual(expected);
  });

  it('names the same instants as a walk over every minute does, forwards and backwards', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'UTC'];
    const minutes = fc.constantFrom('*', '0', '30', '*/20', '5,59', '15-45/10');
    const hours = fc.constantFrom('*', '0', '2', '1-3', '*/6', '23,0');
    const days = fc.constantFrom('* * *', '29 * *', 'L * *', '* * 0', '1,8 3,11 *', '* * 6L', '1 * SUN', '* * 0#1');
    const around = fc.constantFrom(
      '2026-03-07',
      '2026-03-28',
      '2026-04-04',
      '2026-10-03',
      '2026-10-24',
      '2026-10-31',
      '2026-09-05',
    );
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, hours, days, around, (zone, minute, hour, day, from) => {
        const text = `${minute} ${hour} ${day}`;
        const [first, end] = [at(`${from}T00:00Z`), at(`${from}T00:00Z`) + 2.2 * 86_400_000];
        const expected = minuteWalk(text, zone, first, end);
        const timetable = cron(text, zone);
        expect(nextInstants(timetable, first - 1, expected.length)).toEqual(expected);
        expect(newestInstants(timetable, first, end, 10_000)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe('A timetable by interval', () => {
  const every = (text: string, start = 0) => timetableOf({ cron: null, every: text, timezone: 'Europe/Berlin', start });

  it('counts from its start and not by what clocks show', () => {
    const start = at('2026-03-28T12:00Z');
    const found = nextInstants(every('13h', start), start, 3).map((instant) => (instant - start) / 3_600_000);
    expect(found).toEqual([13, 26, 39]);
    expect(every('13h', start).atOrBefore(start)).toBeUndefined();
    expect(every('1d12h', start).shortestMs).toBe(36 * 3_600_000);
  });

  it('finds from any moment the one before and the one after', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90_000 }), fc.integer({ min: 0, max: 1e10 }), (seconds, moment) => {
        const timetable = every(`${seconds}s`);
        const after = timetable.after(moment) ?? 0;
        expect(after).toBeGreaterThan(moment);
        expect(timetable.atOrBefore(after)).toBe(after);
        expect(timetable.atOrBefore(after - 1) ?? 0).toBe(after - seconds * 1_000);
      }),
    );
  });
});

describe('A timing that is none', () => {
  const refused = (timing: { cron?: string; every?: string; timezone?: string }, leastMs = 60_000) => {
    try {
      checkedTimetable({ cron: null, every: null, timezone: 'UTC', start: 0, ...timing }, leastMs);
    } catch (error) {
      return error;
    }
    return undefined;
  };

  it.each([
    [{ cron: '61 * * * *' }, 'cron', 'The minute'],
    [{ cron: '0 24 * * *' }, 'cron', 'The hour'],
    [{ cron: '0 0 32 * *' }, 'cron', 'The day of month'],
    [{ cron: '0 0 * FOO *' }, 'cron', 'The month'],
    [{ cron: '0 0 * * MOON' }, 'cron', 'The day of week'],
    [{ cron: '0 0 * * H' }, 'cron', 'The day of week'],
    [{ cron: '5-1 * * * *' }, 'cron', 'The minute'],
    [{ cron: '*/0 * * * *' }, 'cron', 'The minute'],
    [{ cron: '@daily' }, 'cron', 'Give five fields'],
    [{ cron: '* * * * * *' }, 'cron', 'Give five fields'],
    [{ cron: '' }, 'cron', 'Give five fields'],
    [{ cron: '0 0 31 2 *' }, 'cron', 'No month'],
    [{ cron: '0 0 1 1 *', timezone: 'Mars/Olympus' }, 'timezone', 'no such time zone'],
    [{ cron: '0 0 1 1 *', timezone: '+02:00' }, 'timezone', 'no such time zone'],
    [{ cron: '0 0 1 1 *', every: '13h' }, 'cron', 'not both'],
    [{}, 'cron', 'Give either'],
    [{ every: '0h' }, 'every', 'Give a length'],
    [{ every: 'daily' }, 'every', 'Give a length'],
    [{ every: '-5m' }, 'every', 'Give a length'],
    [{ every: '9999999w' }, 'every', 'at most a year'],
    [{ every: '30s' }, 'every', 'more often'],
  ])('%j is refused for its %s', (timing, path, says) => {
    expect(refused(timing)).toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path, message: expect.stringContaining(says) }] },
    });
  });

  it('is refused where it runs more often than the bound, over midnight too', () => {
    expect(refused({ cron: '0,2 * * * *' }, 300_000)).toMatchObject({ code: 'VALIDATION' });
    expect(refused({ cron: '59,0 0,23 * * *' }, 300_000)).toMatchObject({ code: 'VALIDATION' });
    expect(refused({ cron: '*/5 * * * *' }, 300_000)).toBeUndefined();
    expect(refused({ every: '1s' }, 1_000)).toBeUndefined();
  });
});
