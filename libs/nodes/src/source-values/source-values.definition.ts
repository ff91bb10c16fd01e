import { z } from 'zod';
import { problem, repeatedColumns } from '../kit/column-checks';
import { nameField } from '../kit/fields';
import { count, itemsAt, short, textAt } from '../kit/half-filled';
import type { NodeDefinition, NodeProblem } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { cellFault, literalType } from './literal-types';
import { madeOf } from '../kit/lineage-sources';

/** A table of this size is one statement that Snowflake compiles at once; larger ones belong into a table. */
const MOST_CELLS = 10_000;
const MOST_CHARACTERS = 1_000_000;
/** So many wrong cells tell enough. */
const MOST_PROBLEMS = 100;

const column = z.strictObject({
  name: nameField({ label: 'Name' }),
  type: z
    .string()
    .max(100)
    .superRefine((type, context) => {
      if (literalType(type) !== undefined) return;
      const message = `“${type}” can’t be the type of a column here; take VARCHAR, NUMBER(38,2), FLOAT, BOOLEAN, DATE, TIME, TIMESTAMP_NTZ or VARIANT`;
      context.addIssue({ code: 'custom', message });
    })
    .meta({ ui: { label: 'Type', placeholder: 'VARCHAR' } }),
});

const cell = z.union([z.string().max(100_000), z.number(), z.boolean(), z.null()]);

const config = z
  .strictObject({
    columns: z
      .array(column)
      .min(1, 'Add a column')
      .max(500)
      .meta({ ui: { label: 'Columns', widget: 'hidden' } }),
    rows: z
      .array(z.array(cell).max(500))
      .max(MOST_CELLS)
      .default([])
      .meta({ ui: { label: 'Rows', widget: 'grid', hint: 'Paste rows from a sheet, CSV or JSON' } }),
    ...commonSettings,
  })
  .superRefine(({ columns, rows }, context) => {
    const fault = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
    const cells = columns.length * rows.length;
    if (cells > MOST_CELLS) {
      fault(['rows'], `${cells} cells are too many; at most ${MOST_CELLS} fit. Load them into a table in Snowflake`);
    }
    const characters = rows.flat().reduce<number>((sum, one) => sum + String(one).length, 0);
    if (characters > MOST_CHARACTERS) {
      fault(['rows'], `These cells hold more than ${MOST_CHARACTERS} characters. Load them into a table in Snowflake`);
    }
    const uneven = rows.findIndex((row) => row.length !== columns.length);
    if (uneven >= 0) {
      fault(
        ['rows', uneven],
        `Row ${uneven + 1} has ${count(rows[uneven]?.length ?? 0, 'cell')}, not ${columns.length}`,
      );
    }
  });

export type SourceValuesConfig = z.infer<typeof config>;

function cellProblems({ columns, rows }: SourceValuesConfig): NodeProblem[] {
  const types = columns.map(({ type }) => literalType(type) ?? type);
  const problems: NodeProblem[] = [];
  for (const [i, row] of rows.entries()) {
    for (const [j, value] of row.entries()) {
      const fault = cellFault(types[j] ?? '', value);
      if (fault === undefined) continue;
      problems.push(problem('TYPE_MISMATCH', `rows.${i}.${j}`, `“${columns[j]?.name}” is ${types[j]} and ${fault}`));
      if (problems.length === MOST_PROBLEMS) return problems;
    }
  }
  return problems;
}

/** Rows that are written into the workflow. */
export const sourceValues: NodeDefinition<SourceValuesConfig> = {
  type: 'source.values',
  group: 'source',
  title: 'Values',
  description: 'Gives the rows of a small table that you write or paste.',
  icon: 'grid-3x3',
  inputs: [],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: { columns: [{ name: 'NAME', type: 'VARCHAR' }], rows: [] },
  summary(config) {
    const rows = Array.isArray(config.rows) ? config.rows.length : 0;
    const names = itemsAt(config, 'columns').map((item) => textAt(item, 'name') || '?');
    return short(`${count(rows, 'row')} · ${names.join(', ') || 'no column yet'}`);
  },
  check: (config) => [
    ...repeatedColumns(
      config.columns.map(({ name }) => name),
      (index) => `columns.${index}.name`,
    ),
    ...cellProblems(config),
  ],
  outputColumns: ({ columns, rows }) => ({
    out: columns.map(({ name, type }, index) => ({
      name,
      type: literalType(type) ?? type,
      nullable: rows.some((row) => row[index] === null),
    })),
  }),
  lineage: ({ columns }) => ({ columns: new Map(columns.map(({ name }) => [name, madeOf([])])), rows: madeOf([]) }),
  examples: [
    {
      title: 'Targets by region',
      config: {
        columns: [
          { name: 'REGION', type: 'VARCHAR' },
          { name: 'TARGET', type: 'NUMBER(12,2)' },
          { name: 'SINCE', type: 'DATE' },
        ],
        rows: [
          ['EUROPE', 1500000, '1995-01-01'],
          ['ASIA', '990000.50', null],
        ],
      },
    },
  ],
};
