import type { Column } from '@snowflow/contracts/documents/column';
import { problem } from '../kit/column-checks';
import { areComparable, commonType } from '../kit/column-types';
import type { Columns, NodeProblem } from '../kit/node-definition';
import type { ShapeUnionConfig } from './shape-union.definition';

type Matching = Pick<ShapeUnionConfig, 'byName'>;

/** By name: every input's columns, first come first; by position: the first input's names. */
export function unitedColumns(config: Matching, inputs: readonly Columns[]): Columns {
  const known = inputs.filter((columns) => columns !== undefined);
  const [first] = known;
  if (first === undefined || known.length < inputs.length) return undefined;
  return config.byName ? byName(known) : byPosition(first, known);
}

function byName(inputs: readonly (readonly Column[])[]): Column[] {
  const united = new Map<string, Column & { seen: number }>();
  for (const column of inputs.flat()) {
    const before = united.get(column.name);
    united.set(column.name, {
      name: column.name,
      type: before ? commonType(before.type, column.type) : column.type,
      nullable: column.nullable || (before?.nullable ?? false),
      seen: (before?.seen ?? 0) + 1,
    });
  }
  return [...united.values()].map(({ seen, ...column }) => ({
    ...column,
    nullable: column.nullable || seen < inputs.length,
  }));
}

function byPosition(first: readonly Column[], inputs: readonly (readonly Column[])[]): Column[] {
  return first.map((column, index) =>
    inputs.slice(1).reduce<Column>((united, input) => {
      const other = input[index];
      if (!other) return united;
      const nullable = united.nullable || other.nullable;
      return { name: united.name, type: commonType(united.type, other.type), nullable };
    }, column),
  );
}

/** Problems of types that can't stand in one column and, by position, of inputs with another number of columns. */
export function unionProblems(config: Matching, inputs: readonly Columns[]): NodeProblem[] {
  const known = inputs.filter((columns) => columns !== undefined);
  const [first] = known;
  if (first === undefined) return [];
  if (config.byName) return clashes(known);
  const counts = known.find((columns) => columns.length !== first.length);
  if (counts) {
    const message = `By position every input needs as many columns: one has ${first.length}, another ${counts.length}`;
    return [problem('TYPE_MISMATCH', 'byName', message, 'Match them by name, or select the same columns in each')];
  }
  return clashes(
    known.map((columns) => columns.map((column, at) => ({ ...column, name: first[at]?.name ?? column.name }))),
  );
}

function clashes(inputs: readonly (readonly Column[])[]): NodeProblem[] {
  const seen = new Map<string, Column>();
  const problems: NodeProblem[] = [];
  for (const column of inputs.flat()) {
    const before = seen.get(column.name);
    if (!before) seen.set(column.name, column);
    else if (!areComparable(before.type, column.type)) {
      const message = `“${column.name}” is ${before.type} in one input and ${column.type} in another`;
      problems.push(problem('TYPE_MISMATCH', 'byName', message));
    }
  }
  return problems;
}
