import { z } from 'zod';
import { short, textAt } from '../kit/half-filled';
import { problem, repeatedColumns } from '../kit/column-checks';
import type { NodeDefinition } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { queryFragment } from '../kit/sql/sql-text';

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
  check(_config, { known }) {
    if (known?.state === 'denied') return [problem('NO_ACCESS', 'sql', 'Your role can’t read what this SQL names')];
    if (known?.state === 'missing') {
      return [problem('SOURCE_NOT_FOUND', 'sql', 'This SQL names something that does not exist or that you can’t see')];
    }
    if (known?.state === 'invalid') return [problem('INVALID_SQL', 'sql', known.message)];
    return repeatedColumns(known?.columns.map((column) => column.name) ?? [], () => 'sql');
  },
  outputColumns: (_config, { known }) => ({ out: known?.state === 'found' ? known.columns : undefined }),
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
