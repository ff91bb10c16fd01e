import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { decimalOf } from './decimal';
import { literal } from './literal';
import type { BoundValue, SqlFragment, SqlPart } from './sql-fragment';

/** A statement as a run submits it: `?` in the text for each bind, in order. */
export interface BoundStatement {
  sql: string;
  binds: Bind[];
}

/** The values of the workflow's parameters, by name. */
export type ParameterValues = Readonly<Record<string, Bind>>;

/** The statement of a run: every value is a bind. */
export function renderBinds(fragment: SqlFragment, parameters: ParameterValues = {}): BoundStatement {
  const binds: Bind[] = [];
  const pieces = fragment.parts.map((part) => {
    if (typeof part === 'string') return part;
    const value = exact(valueOf(part, parameters));
    binds.push(value.bind);
    return value.as === undefined ? '?' : `CAST(? AS ${value.as})`;
  });
  return { sql: pieces.join(''), binds };
}

/** The text of a run's statement alone, for people: parameters need no value. */
export function renderText(fragment: SqlFragment): string {
  return fragment.parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const { as } = 'bind' in part ? exact(part) : part;
      return as === undefined ? '?' : `CAST(? AS ${as})`;
    })
    .join('');
}

/** The statement of an export (a view, a task, a file), where binds can't stand: values are quoted literals. */
export function renderLiterals(fragment: SqlFragment, parameters: ParameterValues = {}): string {
  return fragment.parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const { bind, as } = valueOf(part, parameters);
      return as === undefined ? literal(bind) : `CAST(${literal(bind)} AS ${as})`;
    })
    .join('');
}

function valueOf(part: Exclude<SqlPart, string>, parameters: ParameterValues): BoundValue {
  if ('bind' in part) return part;
  const value = Object.hasOwn(parameters, part.parameter) ? parameters[part.parameter] : undefined;
  if (value === undefined) throw new AppError('VALIDATION', `The parameter “${part.parameter}” has no value`);
  return part.as === undefined ? { bind: value } : { bind: value, as: part.as };
}

/** The driver binds a fraction as a float; as a decimal it stays what was typed, so that 0.07 equals a column's 0.07. */
function exact(value: BoundValue): BoundValue {
  if (value.as !== undefined || typeof value.bind !== 'number' || Number.isSafeInteger(value.bind)) return value;
  const decimal = decimalOf(value.bind);
  return decimal === undefined ? { bind: String(value.bind), as: 'FLOAT' } : { bind: decimal.text, as: decimal.type };
}
