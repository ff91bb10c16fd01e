import { accessProblem } from '../kit/access-problem';
import { z } from 'zod';
import { count, textAt, textsAt } from '../kit/half-filled';
import { columnNamed, missingColumn, problem, repeatedColumns } from '../kit/column-checks';
import { columnsField, tableFields } from '../kit/fields';
import type { CheckContext, Columns, NodeDefinition, NodeProblem } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import type { Lineage } from '../kit/lineage';
import { madeOf } from '../kit/lineage-sources';

const config = z.strictObject({
  ...tableFields({ label: 'Table or view' }),
  columns: columnsField({ label: 'Columns', hint: 'Empty: all of them', port: 'self' }).optional(),
  limit: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .meta({ ui: { label: 'At most', hint: 'Rows to read; empty: all', advanced: true } }),
  ...commonSettings,
});

export type SourceTableConfig = z.infer<typeof config>;

/** The columns it reads: those named, else all that the table has. */
function columnsRead(config: SourceTableConfig, all: Columns): Columns {
  if (!config.columns?.length || all === undefined) return all;
  return config.columns.flatMap((name) => columnNamed(all, name) ?? []);
}

/** Rows of a table, view or dynamic table. */
export const sourceTable: NodeDefinition<SourceTableConfig> = {
  type: 'source.table',
  group: 'source',
  title: 'Table',
  description: 'Reads a table, view or dynamic table.',
  icon: 'table-2',
  inputs: [],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: {},
  summary(config) {
    const table = textAt(config, 'table');
    if (table === '') return 'No table chosen';
    const columns = textsAt(config, 'columns').length;
    return columns > 0 ? `${table} · ${count(columns, 'column')}` : table;
  },
  questions: ({ database, schema, table }) => [{ kind: 'columns', database, schema, name: table }],
  check(config, { known }) {
    const name = `${config.database}.${config.schema}.${config.table}`;
    if (known?.state === 'denied') return [accessProblem(known, 'table', `Your role can’t read ${name}`)];
    if (known !== undefined && known.state !== 'found') {
      return [problem('SOURCE_NOT_FOUND', 'table', `${name} does not exist or your role can’t see it`)];
    }
    const columns = config.columns ?? [];
    return [
      ...columns.flatMap((column, index) => missingColumn(known?.columns, column, `columns.${index}`, name)),
      ...repeatedColumns(columns, (index) => `columns.${index}`),
    ] satisfies NodeProblem[];
  },
  outputColumns: (config, { known }: CheckContext) => ({
    out: columnsRead(config, known?.state === 'found' ? known.columns : undefined),
  }),
  lineage(config, { known }) {
    const { database, schema, table } = config;
    const columns = columnsRead(config, known?.state === 'found' ? known.columns : undefined) ?? [];
    const from = (column: string | null): Lineage => madeOf([{ kind: 'table', database, schema, table, column }]);
    return { columns: new Map(columns.map(({ name }) => [name, from(name)])), rows: from(null) };
  },
  nonDeterministic: ({ limit }) => limit !== undefined,
  examples: [
    {
      title: 'All orders of the TPC-H sample',
      config: { database: 'SNOWFLAKE_SAMPLE_DATA', schema: 'TPCH_SF1', table: 'ORDERS' },
    },
    {
      title: 'Three columns, for a first look',
      config: {
        database: 'SNOWFLAKE_SAMPLE_DATA',
        schema: 'TPCH_SF1',
        table: 'CUSTOMER',
        columns: ['C_CUSTKEY', 'C_NAME', 'C_MKTSEGMENT'],
        limit: 1000,
      },
    },
  ],
};
