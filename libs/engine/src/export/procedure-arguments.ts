import type { Problem } from '@snowflow/contracts/documents/problem';
import { literal } from '@snowflow/nodes/kit/sql/literal';
import type { ParameterValues } from '@snowflow/nodes/kit/sql/render';
import type { SqlFragment } from '@snowflow/nodes/kit/sql/sql-fragment';
import type { DeclaredValue } from '../validate/declared-values';
import { notDeployable } from './exported';
import { isReserved } from './reserved-words';

/** A number of a document is a float, so the argument that takes the same values is one. */
const TYPES: Readonly<Record<DeclaredValue['type'], string>> = {
  string: 'VARCHAR',
  number: 'FLOAT',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP_NTZ',
  json: 'VARIANT',
};

/** The arguments as they are declared, those that have to be given first; `types` tells the procedure from others of its name. */
export function argumentsOf(
  parameters: readonly DeclaredValue[],
  defaults: ParameterValues,
): { declared: string; types: string } {
  const hasDefault = ({ name }: DeclaredValue) => Object.hasOwn(defaults, name);
  const inOrder = [...parameters.filter((one) => !hasDefault(one)), ...parameters.filter(hasDefault)];
  const declared = inOrder.map(({ name, type }) => {
    const value = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    return value === undefined
      ? `${name} ${TYPES[type]}`
      : `${name} ${TYPES[type]} DEFAULT CAST(${literal(value)} AS ${TYPES[type]})`;
  });
  return { declared: declared.join(', '), types: inOrder.map(({ type }) => TYPES[type]).join(', ') };
}

/** Names that can't be arguments: Snowflake reads them without regard to capitals. */
export function argumentProblems(parameters: readonly DeclaredValue[]): Problem[] {
  const seen = new Set<string>();
  return parameters.flatMap(({ name }) => {
    const repeated = seen.has(name.toUpperCase());
    seen.add(name.toUpperCase());
    if (isReserved(name)) return [argumentProblem(name, 'is a word of Snowflake’s own and can’t be an argument')];
    return repeated ? [argumentProblem(name, 'differs from another parameter in capitals only')] : [];
  });
}

/** The same statement with `:name` where a parameter stands. */
export function withArguments({ parts }: SqlFragment): SqlFragment {
  return {
    parts: parts.map((part) => {
      if (typeof part === 'string' || !('parameter' in part)) return part;
      return part.as === undefined ? `:${part.parameter}` : `CAST(:${part.parameter} AS ${part.as})`;
    }),
  };
}

const argumentProblem = (name: string, what: string): Problem => ({
  ...notDeployable(undefined, `The parameter “${name}” ${what}`, 'Give the parameter another name'),
  path: 'parameters',
});
