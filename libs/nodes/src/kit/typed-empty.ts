import type { Column } from '@snowflow/contracts/documents/column';
import { familyOf, isSpelledType } from './column-types';
import { identifier, join, sql, SqlFragment, trusted } from './sql/sql-fragment';

/** Whether an empty relation can have these types exactly, so that what Snowflake says of SQL over it holds for the real one. */
export function haveExactTypes(columns: readonly Column[]): boolean {
  return columns.every(({ type }) => isCastable(type));
}

/** A relation of these columns and types that reads nothing. A type that can't be cast to is VARIANT, which goes with most things. */
export function typedEmpty(columns: readonly Column[]): SqlFragment {
  const list = columns.map(({ name, type }) => {
    const as = isCastable(type) ? type : 'VARIANT';
    return sql`CAST(NULL AS ${trusted(as)}) AS ${identifier(name)}`;
  });
  return sql`SELECT ${join(list)}`;
}

function isCastable(type: string): boolean {
  return isSpelledType(type) && (familyOf(type) !== 'other' || /^GEO(GRAPHY|METRY)$/i.test(type));
}
