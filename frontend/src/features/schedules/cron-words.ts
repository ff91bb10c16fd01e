const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = ['', 'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'];
MONTHS.push('October', 'November', 'December');

/** What a cron expression says, in plain English; nothing where it is not five fields. */
export function cronInWords(cron: string): string | undefined {
  const fields = cron.trim().split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  if (!minute || !hour || !day || !month || !weekday || fields.length !== 5) return undefined;
  const days = daysOf(day, weekday);
  const months = isAny(month) ? '' : ` in ${listOf(month, (name) => nameOf(name, MONTHS))}`;
  return `${timesOf(minute, hour)}${days}${months}`;
}

/** What an interval says. */
export function intervalInWords(every: string): string {
  return `Every ${every.replace(/(\d+)([wdhms])/g, (_, count: string, unit: string) => ` ${count} ${UNITS[unit]}`).trim()}`;
}

const UNITS: Record<string, string> = { w: 'weeks', d: 'days', h: 'hours', m: 'minutes', s: 'seconds' };

function timesOf(minute: string, hour: string): string {
  if (/^\d+$/.test(minute) && /^\d+(,\d+)*$/.test(hour)) {
    return `At ${joined(hour.split(',').map((one) => `${one.padStart(2, '0')}:${minute.padStart(2, '0')}`))}`;
  }
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  const minutes = isAny(minute)
    ? 'Every minute'
    : step
      ? `Every ${step} minutes`
      : `At minute ${listOf(minute, (name) => name)}`;
  const hours = /^\*\/(\d+)$/.exec(hour)?.[1];
  if (isAny(hour)) return /^\d/.test(minute) ? `${minutes} of every hour` : minutes;
  return hours ? `${minutes} of every ${hours}. hour` : `${minutes} of the hours ${listOf(hour, (name) => name)}`;
}

function daysOf(day: string, weekday: string): string {
  const ofMonth = isAny(day)
    ? ''
    : ` on ${listOf(day, (name) => (name.toUpperCase() === 'L' ? 'the last day' : `day ${name}`))} of the month`;
  const ofWeek = isAny(weekday) ? '' : ` on ${listOf(weekday, weekdayOf)}`;
  return ofMonth && ofWeek ? `${ofMonth} or${ofWeek}` : ofMonth + ofWeek;
}

function weekdayOf(name: string): string {
  const [which = '', nth] = name.split('#');
  if (nth) return `the ${['', 'first', 'second', 'third', 'fourth', 'fifth'][Number(nth)]} ${nameOf(which, DAYS)}`;
  return /L$/i.test(which) && which.length !== 3 ? `the last ${nameOf(which.slice(0, -1), DAYS)}` : nameOf(which, DAYS);
}

function listOf(field: string, word: (name: string) => string): string {
  return joined(
    field.split(',').map((item) => {
      const [range = '', step] = item.split('/');
      const [first = '', last] = range.split('-');
      const text = isAny(range) ? 'all' : last ? `${word(first)} to ${word(last)}` : word(first);
      return step ? `every ${step}. of ${text}` : text;
    }),
  );
}

function nameOf(name: string, names: readonly string[]): string {
  return names[Number(name)] ?? names.find((one) => one.slice(0, 3).toUpperCase() === name.toUpperCase()) ?? name;
}

const isAny = (field: string) => field === '*' || field === '?';
const joined = (words: string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
