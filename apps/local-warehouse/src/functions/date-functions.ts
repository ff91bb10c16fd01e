import { castTo } from '../sql/coercion';
import { date, duckdbType, fixed, text, time, timestampNtz } from '../sql/snowflake-type';
import type { Typed } from '../sql/typed';
import { unsupported } from '../statements/warehouse-error';
import { text as quoted } from '../engine/quote';
import { datePart, dateUnit, partSql } from './date-parts';
import type { Compiled, FunctionCall } from './function-call';
import { scalar, type FunctionTable } from './function-definition';

const partOf = (part: string, value: Typed): Compiled => {
  const moment = value.type.kind === 'timestamp_ltz' ? castTo(value, timestampNtz) : value;
  const epoch = part.startsWith('epoch');
  const type = fixed(epoch ? 19 : part === 'year' || part.startsWith('yearof') ? 4 : 3, 0);
  const sql = `CAST(CAST(floor(${partSql(part, moment.sql)}) AS BIGINT) AS ${duckdbType(type)})`;
  return { sql, type, nullable: value.nullable };
};

const partFunction = (part: string) => scalar(1, 1, (call) => partOf(part, call.moment(0)));

function add(unit: string, isTime: boolean, amount: string, value: Typed): Compiled {
  const steps =
    unit === 'quarter'
      ? `to_months((${amount}) * 3)`
      : unit === 'week'
        ? `to_days((${amount}) * 7)`
        : `to_${unit}s(${amount})`;
  const cast = steps.replace(/^to_(years|months|days)\((.*)\)$/, 'to_$1(CAST($2 AS INTEGER))');
  const sql = `(${value.sql} + ${cast})`;
  if (value.type.kind === 'date' && !isTime) return { sql: `CAST(${sql} AS DATE)`, type: date, nullable: true };
  return { sql, type: value.type.kind === 'date' ? timestampNtz : value.type, nullable: value.nullable };
}

function dateAdd(call: FunctionCall): Compiled {
  const { unit, isTime } = dateUnit(call.part(0), call.at);
  return add(unit, isTime, call.integer(1), call.moment(2));
}

function dateDiff(call: FunctionCall): Compiled {
  const { unit } = dateUnit(call.part(0), call.at);
  const [from, to] = [call.moment(1), call.moment(2)].map((value) => castTo(value, timestampNtz));
  const sql = `CAST(date_diff('${unit}', ${from?.sql}, ${to?.sql}) AS DECIMAL(18,0))`;
  return { sql, type: fixed(18, 0), nullable: call.arg(1).nullable || call.arg(2).nullable };
}

/** A moment cut to a part, such as the first of its month. */
export function truncate(unit: string, value: Typed): Compiled {
  const moment = value.type.kind === 'timestamp_ltz' ? castTo(value, timestampNtz) : value;
  return {
    sql: `CAST(date_trunc('${unit}', ${moment.sql}) AS ${duckdbType(value.type)})`,
    type: value.type,
    nullable: value.nullable,
  };
}

/** DATE_TRUNC(part, moment), also with its arguments in the other order. */
function dateTruncate(call: FunctionCall): Compiled {
  const first = call.tree.args[0];
  const partFirst =
    first?.t === 'string' || (first?.t === 'column' && first.parts.length === 1 && isPart(first.parts[0]?.text ?? ''));
  const [part, moment] = partFirst ? [0, 1] : [1, 0];
  return truncate(dateUnit(call.part(part), call.at).unit, call.moment(moment));
}

function isPart(word: string): boolean {
  try {
    datePart(word, { line: 1, pos: 0 });
    return true;
  } catch {
    return false;
  }
}

function lastDay(call: FunctionCall): Compiled {
  const unit = call.has(1) ? dateUnit(call.part(1), call.at).unit : 'month';
  const value = castTo(call.moment(0), date);
  if (unit === 'month') return { sql: `last_day(${value.sql})`, type: date, nullable: value.nullable };
  const length = { year: 'to_years(1)', quarter: 'to_months(3)', week: 'to_days(7)' }[unit];
  if (!length) throw unsupported(`LAST_DAY of ${unit}`, call.at);
  return {
    sql: `CAST(date_trunc('${unit}', ${value.sql}) + ${length} - to_days(1) AS DATE)`,
    type: date,
    nullable: value.nullable,
  };
}

function addMonths(call: FunctionCall): Compiled {
  const value = call.moment(0);
  const months = `CAST(${call.integer(1)} AS INTEGER)`;
  const sql = `CAST(sf_add_months_last(CAST(${value.sql} AS DATE), ${months}) AS DATE)`;
  if (value.type.kind === 'date') return { sql, type: date, nullable: value.nullable };
  const ofDay = `(${value.sql} - date_trunc('day', ${value.sql}))`;
  return { sql: `CAST(${sql} + ${ofDay} AS ${duckdbType(value.type)})`, type: value.type, nullable: value.nullable };
}

function convertTimezone(call: FunctionCall): Compiled {
  if (!call.has(2)) throw unsupported('CONVERT_TIMEZONE to TIMESTAMP_TZ (two arguments)', call.at);
  const moment = castTo(call.moment(2), timestampNtz);
  const sql = `timezone(${quoted(call.literalText(1))}, timezone(${quoted(call.literalText(0))}, ${moment.sql}))`;
  return { sql, type: timestampNtz, nullable: moment.nullable };
}

const named = (format: string) =>
  scalar(1, 1, (call) => {
    const value = castTo(call.moment(0), date);
    return { sql: `strftime(${value.sql}, '${format}')`, type: text, nullable: value.nullable };
  });

const timestampFromParts = scalar(6, 6, (call) => {
  const [year, month, day, hour, minute, second] = [0, 1, 2, 3, 4, 5].map((index) => call.integer(index));
  const steps = [`to_months(CAST(${month} - 1 AS INTEGER))`, `to_days(CAST(${day} - 1 AS INTEGER))`];
  const ofDay = [`to_hours(${hour})`, `to_minutes(${minute})`, `to_seconds(${second})`];
  const sql = `(CAST(make_date(${year}, 1, 1) AS TIMESTAMP) + ${[...steps, ...ofDay].join(' + ')})`;
  return { sql, type: timestampNtz, nullable: call.anyNullable() };
});

const weekdays = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

/** The first such day of the week after or before a date, never the date itself. */
const weekday = (direction: 'next' | 'previous') =>
  scalar(2, 2, (call) => {
    const wanted = weekdays.indexOf(call.literalText(1).slice(0, 2).toLowerCase()) + 1;
    if (wanted === 0) throw unsupported(`${call.name} of '${call.literalText(1)}'`, call.at);
    const value = castTo(call.moment(0), date);
    const today = `isodow(${value.sql})`;
    const sql =
      direction === 'next'
        ? `(${value.sql} + CAST((${wanted} - ${today} + 6) % 7 + 1 AS INTEGER))`
        : `(${value.sql} - CAST((${today} - ${wanted} + 6) % 7 + 1 AS INTEGER))`;
    return { sql, type: date, nullable: value.nullable };
  });

const parts = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, partFunction(datePart(name, { line: 1, pos: 0 }))]));

export const dateFunctions: FunctionTable = {
  ...parts(
    'YEAR',
    'QUARTER',
    'MONTH',
    'WEEK',
    'WEEKOFYEAR',
    'WEEKISO',
    'DAY',
    'DAYOFMONTH',
    'DAYOFWEEK',
    'DAYOFWEEKISO',
  ),
  ...parts('DAYOFYEAR', 'HOUR', 'MINUTE', 'SECOND', 'YEAROFWEEK', 'YEAROFWEEKISO'),
  DATE_PART: scalar(2, 2, (call) => partOf(datePart(call.part(0), call.at), call.moment(1))),
  EXTRACT: scalar(2, 2, (call) => partOf(datePart(call.part(0), call.at), call.moment(1))),
  DATEADD: scalar(3, 3, dateAdd),
  TIMEADD: scalar(3, 3, dateAdd),
  TIMESTAMPADD: scalar(3, 3, dateAdd),
  DATEDIFF: scalar(3, 3, dateDiff),
  TIMEDIFF: scalar(3, 3, dateDiff),
  TIMESTAMPDIFF: scalar(3, 3, dateDiff),
  DATE_TRUNC: scalar(2, 2, dateTruncate),
  ADD_MONTHS: scalar(2, 2, addMonths),
  LAST_DAY: scalar(1, 2, lastDay),
  DAYNAME: named('%a'),
  MONTHNAME: named('%b'),
  DATE_FROM_PARTS: scalar(3, 3, (call) => {
    const [year, month, day] = [call.integer(0), call.integer(1), call.integer(2)];
    const sql = `CAST(make_date(${year}, 1, 1) + to_months(CAST(${month} - 1 AS INTEGER)) + to_days(CAST(${day} - 1 AS INTEGER)) AS DATE)`;
    return { sql, type: date, nullable: call.anyNullable() };
  }),
  TIMESTAMP_FROM_PARTS: timestampFromParts,
  TIMESTAMP_NTZ_FROM_PARTS: timestampFromParts,
  TIME_FROM_PARTS: scalar(3, 3, (call) => ({
    sql: `make_time(${call.integer(0)}, ${call.integer(1)}, CAST(${call.integer(2)} AS DOUBLE))`,
    type: time,
    nullable: call.anyNullable(),
  })),
  NEXT_DAY: weekday('next'),
  PREVIOUS_DAY: weekday('previous'),
  CONVERT_TIMEZONE: scalar(2, 3, convertTimezone),
};
