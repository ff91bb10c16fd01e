import { z } from 'zod';
import type { Column } from '@snowflow/contracts/documents/column';
import { columnNamed, columnsAt, missingColumn, problem, repeatedColumns } from '../kit/column-checks';
import { commonType, familyOf } from '../kit/column-types';
import { columnsField, nameField } from '../kit/fields';
import { short, textAt, textsAt } from '../kit/half-filled';
import type { Columns, NodeDefinition, NodeProblem } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { columnFrom, madeOf, rowsFrom } from '../kit/lineage-sources';

const config = z.strictObject({
  columns: columnsField({ label: 'Columns that become rows' }).min(1, 'Choose a column').max(1000),
  nameColumn: nameField({ label: 'Column for their names', placeholder: 'NAME' }),
  valueColumn: nameField({ label: 'Column for their values', placeholder: 'VALUE' }),
  includeNulls: z
    .boolean()
    .default(false)
    .meta({ ui: { label: 'Keep empty values' } }),
  ...commonSettings,
});

export type ShapeUnpivotConfig = z.infer<typeof config>;

/** The columns that each of its rows keeps. */
export function keptColumns({ columns }: ShapeUnpivotConfig, input: readonly Column[]): Column[] {
  const turned = new Set(columns);
  return input.filter(({ name }) => !turned.has(name));
}

function unpivoted(config: ShapeUnpivotConfig, input: Columns): Columns {
  if (input === undefined) return undefined;
  const turned = config.columns.flatMap((name) => columnNamed(input, name) ?? []);
  const type = turned.map((column) => column.type).reduce((all, one) => commonType(all, one), turned[0]?.type ?? '');
  return [
    ...keptColumns(config, input),
    { name: config.nameColumn, type: 'VARCHAR(16777216)', nullable: false },
    { name: config.valueColumn, type, nullable: config.includeNulls && turned.some(({ nullable }) => nullable) },
  ];
}

/** Values of different kinds can't stand in one column; dates and times can. */
function typeProblems({ columns }: ShapeUnpivotConfig, input: Columns): NodeProblem[] {
  const kindOf = ({ type }: Column) => (familyOf(type) === 'date' ? 'timestamp' : familyOf(type));
  const first = columns
    .map((name) => columnNamed(input, name))
    .find((column) => column && kindOf(column) !== 'unknown');
  return columns.flatMap((name, index) => {
    const column = columnNamed(input, name);
    if (!first || !column || kindOf(column) === 'unknown' || kindOf(column) === kindOf(first)) return [];
    const message = `“${name}” is ${column.type}, but “${first.name}” is ${first.type}: they can’t stand in one column`;
    return [problem('TYPE_MISMATCH', `columns.${index}`, message, 'Make them one type with Select columns before')];
  });
}

/** Turns columns into rows. */
export const shapeUnpivot: NodeDefinition<ShapeUnpivotConfig> = {
  type: 'shape.unpivot',
  group: 'shape',
  title: 'Unpivot',
  description: 'Turns columns into rows, with a name and a value in each.',
  icon: 'unfold-vertical',
  inputs: [{ id: 'in', kind: 'relation' }],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: { nameColumn: 'NAME', valueColumn: 'VALUE' },
  summary(config) {
    const columns = textsAt(config, 'columns');
    if (columns.length === 0) return 'No column chosen';
    return short(`${columns.join(', ')} as ${textAt(config, 'nameColumn') || '?'}`);
  },
  check(config, context) {
    const input = columnsAt(context, 'in');
    const kept = keptColumns(config, input ?? []).map(({ name }) => name);
    const fields = ['nameColumn', 'valueColumn'];
    return [
      ...config.columns.flatMap((name, index) => missingColumn(input, name, `columns.${index}`)),
      ...repeatedColumns(config.columns, (index) => `columns.${index}`),
      ...typeProblems(config, input),
      ...repeatedColumns(
        [...kept, config.nameColumn, config.valueColumn],
        (index) => fields[index - kept.length] ?? 'nameColumn',
      ),
    ];
  },
  outputColumns: (config, context) => ({ out: unpivoted(config, columnsAt(context, 'in')) }),
  lineage(config, context) {
    const kept = keptColumns(config, columnsAt(context, 'in') ?? []);
    const turned = config.columns.map((name) => columnFrom(name));
    return {
      columns: new Map([
        ...kept.map(({ name }) => [name, madeOf([columnFrom(name)])] as const),
        [config.nameColumn, madeOf([])],
        [config.valueColumn, madeOf(turned)],
      ]),
      rows: madeOf([rowsFrom()], config.includeNulls ? [] : turned),
    };
  },
  examples: [
    {
      title: 'Two prices of each part, one under the other',
      config: {
        columns: ['P_RETAILPRICE', 'P_SALEPRICE'],
        nameColumn: 'KIND',
        valueColumn: 'PRICE',
        includeNulls: false,
      },
    },
    {
      title: 'With empty values too',
      config: { columns: ['P_SALEPRICE'], nameColumn: 'KIND', valueColumn: 'PRICE', includeNulls: true },
    },
  ],
};
