import { familyOf, TypeFamily } from './column-types';
import type { ScalarValue } from './comparison';
import { decimalOf } from './sql/decimal';
import { bind, join, parameter, sql, SqlFragment, trusted } from './sql/sql-fragment';
import { DeclaredParameters, valueTemplate } from './sql/sql-text';

/** A config's value as binds, cast to what the column beside it needs. */
export function valueFragment(columnType: string, value: ScalarValue, parameters: DeclaredParameters): SqlFragment {
  const family = familyOf(columnType);
  if (typeof value !== 'string') return bind(value);
  const pieces = valueTemplate(value, parameters);
  const [only] = pieces;
  if (pieces.length <= 1 && typeof only !== 'object') return textFragment(family, columnType, value);
  if (pieces.length === 1 && typeof only === 'object') {
    const declared = parameters.find((candidate) => candidate.name === only.parameter)?.type;
    return parameter(only.parameter, castOfParameter(family, columnType, declared));
  }
  const text = join(
    pieces.map((piece) => (typeof piece === 'string' ? bind(piece) : parameter(piece.parameter, 'VARCHAR'))),
    ' || ',
  );
  const cast = castOfText(family, columnType);
  return cast === undefined ? sql`(${text})` : sql`CAST((${text}) AS ${trusted(cast)})`;
}

function textFragment(family: TypeFamily, columnType: string, value: string): SqlFragment {
  if (family !== 'number') return bind(value, castOfText(family, columnType));
  const decimal = decimalOf(value);
  return decimal ? bind(decimal.text, decimal.type) : bind(value.trim(), 'FLOAT');
}

function castOfText(family: TypeFamily, columnType: string): string | undefined {
  const casts: Partial<Record<TypeFamily, string>> = {
    date: 'DATE',
    time: 'TIME',
    binary: 'BINARY',
    timestamp: /_(LTZ|TZ)/i.exec(columnType)?.[0] === undefined ? 'TIMESTAMP_NTZ' : zoned(columnType),
  };
  return casts[family];
}

function zoned(columnType: string): string {
  return /_LTZ/i.test(columnType) ? 'TIMESTAMP_LTZ' : 'TIMESTAMP_TZ';
}

/** A date column compared with a time is compared as a time, so that no part of the parameter is cut off. */
function castOfParameter(family: TypeFamily, columnType: string, declared: string | undefined): string | undefined {
  if (declared === 'timestamp' && family !== 'timestamp') return 'TIMESTAMP_NTZ';
  if (declared === 'date' && family !== 'timestamp') return 'DATE';
  return declared === 'number' || declared === 'boolean' ? undefined : castOfText(family, columnType);
}
