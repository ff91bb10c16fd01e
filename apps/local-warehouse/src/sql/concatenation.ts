import { castTo } from './coercion';
import { text, textOf } from './snowflake-type';
import { isText, type Typed } from './typed';

/** `a || b`: NULL when one of them is. */
export function concatenation(left: Typed, right: Typed, at: Typed['at']): Typed {
  const [a, b] = [isText(left) ? left : castTo(left, text), isText(right) ? right : castTo(right, text)];
  const length = [a, b].reduce((sum, { type }) => sum + (type.kind === 'text' ? type.length : 0), 0);
  return { sql: `(${a.sql} || ${b.sql})`, type: textOf(length), nullable: a.nullable || b.nullable, at };
}
