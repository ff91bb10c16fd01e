import { WarehouseError } from './warehouse-error';

const execution = (code: string, sqlState: string, message: string) =>
  new WarehouseError(code, sqlState, message, undefined, 'EXECUTION');

/** DuckDB's messages that have a Snowflake code of their own. */
const known: readonly [RegExp, (match: RegExpExecArray) => WarehouseError][] = [
  [/INTERRUPT/i, () => execution('000604', '57014', 'SQL execution canceled')],
  [/Division by zero/i, () => execution('100051', '22012', 'Division by zero')],
  [
    /Could not convert string ["'](.*?)["'] to (?:DECIMAL|INT|BIGINT|DOUBLE|HUGEINT)/s,
    ([, value]) => execution('100038', '22018', `Numeric value '${value}' is not recognized`),
  ],
  [
    /Could not convert string ["'](.*?)["'] to BOOL/s,
    ([, value]) => execution('100037', '22018', `Boolean value '${value}' is not recognized`),
  ],
  [
    /date field value out of range: "(.*?)"/s,
    ([, value]) => execution('100040', '22007', `Date '${value}' is not recognized`),
  ],
  [
    /invalid date field format: "(.*?)"/s,
    ([, value]) => execution('100040', '22007', `Date '${value}' is not recognized`),
  ],
  [
    /invalid timestamp field format: "(.*?)"/s,
    ([, value]) => execution('100035', '22007', `Timestamp '${value}' is not recognized`),
  ],
  [
    /(Overflow|out of range|Could not cast value)/i,
    () => execution('100039', '22003', 'Numeric value is out of range'),
  ],
  [
    /NOT NULL constraint failed: .*?\.([^.\s]+)\s*$/,
    ([, column]) => execution('100072', '22000', `NULL result in a non-nullable column '${column}'`),
  ],
  [
    /More than one row returned by a subquery/i,
    () => execution('090150', '22000', 'Single-row subquery returns more than one row.'),
  ],
  [
    /TOO LONG ([\s\S]*)$/,
    ([, value]) => execution('100078', '22000', `String '${value}' is too long and would be truncated`),
  ],
  [
    /Could not parse string "([\s\S]*?)" according to format specifier "([\s\S]*?)"/,
    ([, value]) =>
      execution('100096', '22007', `Can't parse '${value}' as a date or a timestamp with the given format`),
  ],
  [/Malformed JSON/i, () => execution('100069', '22P02', 'Error parsing JSON')],
  [
    /must appear in the GROUP BY clause/,
    () =>
      new WarehouseError(
        '000979',
        '42601',
        'SQL compilation error:\nan expression of the SELECT list is not a valid group by expression',
      ),
  ],
  [
    /(WHERE|JOIN|GROUP BY) clause cannot contain (aggregates|window functions)/i,
    ([, clause, what]) =>
      new WarehouseError('002035', '42601', `SQL compilation error:\nInvalid ${what} in the ${clause} clause`),
  ],
  [
    /TransactionContext Error|Conflict on/,
    () => execution('000625', '57014', 'The statement conflicts with a concurrent transaction and was aborted'),
  ],
  [/Out of Memory/i, () => execution('000603', 'XX000', 'The statement needs more memory than this warehouse has')],
];

/** Any failure of a statement as one with a Snowflake code. */
export function toWarehouseError(error: unknown): WarehouseError {
  if (error instanceof WarehouseError) return error;
  const message = error instanceof Error ? error.message : String(error);
  for (const [pattern, make] of known) {
    const match = pattern.exec(message);
    if (match) return make(match);
  }
  return execution('000603', 'XX000', `SQL execution internal error: ${message.split('\n')[0] ?? ''}`);
}
