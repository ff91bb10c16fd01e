import { z } from 'zod';
import { describedColumns, describedProblems } from '../kit/described-query';
import { short, textAt } from '../kit/half-filled';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { queryFragment } from '../kit/sql/sql-text';
import { readable } from '../kit/lineage-sources';

const config = z.strictObject({
  sql: z
    .string()
    .trim()
    .min(1, 'Write a SELECT')
    .max(100_000)
    .meta({
      ui: { widget: 'sql', label: 'SQL', hint: 'One SELECT, or WITH … SELECT. Values: {{ parameters.name }}' },
    }),
  ...commonSettings,
});

export type SourceSqlConfig = z.infer<typeof config>;

/** Rows of a SELECT that a person wrote. */
export const sourceSql: NodeDefinition<SourceSqlConfig> = {
  type: 'source.sql',
  group: 'source',
  title: 'SQL query',
  description: 'Reads the rows of one SELECT that you write.',
  icon: 'file-code-2',
  inputs: [],
  outputs: [{ id: 'out', kind: 'relation' }],
  config,
  initialConfig: {},
  summary: (config) => short(textAt(config, 'sql')) || 'No SQL yet',
  questions: ({ sql }, { parameters }) => [{ kind: 'describe', statement: queryFragment(sql, parameters) }],
  check: (_config, { known }) => describedProblems(known),
  outputColumns: (_config, { known }) => ({ out: describedColumns(known) }),
  lineage({ sql }, context) {
    const query = readable(() => context.readQuery(queryFragment(sql, context.parameters), new Map()));
    const names = (describedColumns(context.known) ?? []).map(({ name }) => name);
    const columns = query.columns(names);
    return {
      columns: new Map(names.flatMap((name, at) => (columns[at] ? [[name, columns[at]]] : []))),
      rows: query.rows,
    };
  },
  sqlFields: ({ sql }) => [{ path: 'sql', text: sql, kind: 'query' }],
  nonDeterministic: () => true,
  examples: [
    {
      title: 'Orders by year',
      config: {
        sql: 'SELECT YEAR(O_ORDERDATE) AS ORDER_YEAR, COUNT(*) AS ORDERS FROM SNOWFLAKE_SAMPLE_DATA.TPCH_SF1.ORDERS GROUP BY ORDER_YEAR',
      },
    },
  ],
};
