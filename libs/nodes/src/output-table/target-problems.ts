import { accessProblem } from '../kit/access-problem';
import { columnNamed, missingColumn, problem, repeatedColumns } from '../kit/column-checks';
import { areComparable } from '../kit/column-types';
import type { Columns, Knowledge, NodeProblem } from '../kit/node-definition';
import type { OutputTableConfig } from './output-table.definition';

/** Problems of writing known columns into a table of which something is known. */
export function targetProblems(
  config: OutputTableConfig,
  input: Columns,
  known: Knowledge | undefined,
): readonly NodeProblem[] {
  const name = `${config.database}.${config.schema}.${config.table}`;
  const keys = [
    ...(config.keys ?? []).flatMap((key, index) => missingColumn(input, key, `keys.${index}`)),
    ...repeatedColumns(config.keys ?? [], (index) => `keys.${index}`),
  ];
  if (known === undefined) return keys;
  if (known.state === 'denied') return [...keys, accessProblem(known, 'table', `Your role can’t use ${name}`)];
  if (known.state !== 'found') {
    const needed = config.mode === 'append' || config.mode === 'merge';
    const message = `${name} does not exist or your role can’t see it`;
    return needed ? [...keys, problem('SOURCE_NOT_FOUND', 'table', message, 'Create it first with “New table”')] : keys;
  }
  if (config.mode === 'create') {
    return [problem('TABLE_EXISTS', 'table', `${name} exists already`, 'Choose “Replace rows” or another name')];
  }
  if (config.recreate === true || input === undefined) return keys;
  return [...keys, ...columnProblems(config, input, known.columns, name)];
}

function columnProblems(
  config: OutputTableConfig,
  input: NonNullable<Columns>,
  target: NonNullable<Columns>,
  name: string,
): NodeProblem[] {
  const recreate = config.mode === 'replace' ? 'Select other columns, or let the table be made anew' : undefined;
  const foreign = input.flatMap((column) => {
    const there = columnNamed(target, column.name);
    if (!there) {
      const [missing] = missingColumn(target, column.name, 'table', name);
      return missing ? [{ ...missing, ...(recreate === undefined ? {} : { suggestion: recreate }) }] : [];
    }
    return areComparable(column.type, there.type)
      ? []
      : [
          problem(
            'TYPE_MISMATCH',
            'table',
            `“${column.name}” is ${column.type}, but ${there.type} in ${name}`,
            recreate,
          ),
        ];
  });
  // A replaced table keeps its definition, so a column that nothing fills would silently be emptied.
  const unfilled = target.filter((column) => !columnNamed(input, column.name));
  const needed = config.mode === 'replace' ? unfilled : unfilled.filter((column) => !column.nullable);
  return [
    ...foreign,
    ...needed.map((column) =>
      problem('UNKNOWN_COLUMN', 'table', `Nothing fills the column “${column.name}” of ${name}`, recreate),
    ),
  ];
}
