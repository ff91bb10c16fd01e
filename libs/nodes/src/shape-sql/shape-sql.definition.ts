import { z } from 'zod';
import { describedColumns, describedProblems } from '../kit/described-query';
import { short, textAt, textsAt } from '../kit/half-filled';
import type { NodeDefinition, Port, Question, QuestionContext } from '../kit/node-definition';
import { commonSettings } from '../kit/node-settings';
import { haveExactTypes, typedEmpty } from '../kit/typed-empty';
import { INPUT_NAME, nameProblems, relationName } from './named-inputs';
import { queryOverInputs } from './query-over-inputs';
import type { QueryInput } from '../kit/lineage';
import { readable } from '../kit/lineage-sources';
import { queryFragment } from '../kit/sql/sql-text';

const config = z
  .strictObject({
    inputs: z
      .array(z.string().regex(INPUT_NAME, 'Start with a letter; use letters, digits and _'))
      .min(1, 'Add an input')
      .max(20)
      .default(['in'])
      .meta({ ui: { widget: 'names', label: 'Inputs', hint: 'The query reads each by its name' } }),
    sql: z
      .string()
      .trim()
      .min(1, 'Write a SELECT')
      .max(100_000)
      .meta({
        ui: { widget: 'sql', label: 'SQL', hint: 'One SELECT over the inputs. Values: {{ parameters.name }}' },
      }),
    ...commonSettings,
  })
  .superRefine(({ inputs }, context) => {
    const seen = new Set<string>();
    inputs.forEach((input, index) => {
      const message = `Two inputs are called “${input}”; upper and lower case are the same here`;
      if (seen.has(relationName(input))) context.addIssue({ code: 'custom', path: ['inputs', index], message });
      seen.add(relationName(input));
    });
  });

export type ShapeSqlConfig = z.infer<typeof config>;

/** The inputs that a config names, as far as it is filled in. */
function portsIn(config: Record<string, unknown>): Port[] {
  const names = textsAt(config, 'inputs').filter((name) => INPUT_NAME.test(name));
  const different = names.filter(
    (name, index) => names.findIndex((other) => relationName(other) === relationName(name)) === index,
  );
  return (different.length > 0 ? different : ['in']).map((id) => ({ id, kind: 'relation', label: id }));
}

/** The query over empty relations like its inputs; undefined while one of them isn't known. */
function described({ inputs, sql }: ShapeSqlConfig, context: QuestionContext): Question | undefined {
  const relations = inputs.flatMap((input) => {
    const columns = context.inputs[input]?.[0];
    return columns?.length ? [{ input, columns, query: typedEmpty(columns) }] : [];
  });
  if (relations.length < inputs.length) return undefined;
  const standIns = !relations.every(({ columns }) => haveExactTypes(columns));
  return { kind: 'describe', statement: queryOverInputs(sql, relations, context.parameters), standIns };
}

/** Rows of a SELECT that a person wrote over other nodes' rows. */
export const shapeSql: NodeDefinition<ShapeSqlConfig> = {
  type: 'shape.sql',
  group: 'shape',
  title: 'SQL over inputs',
  description: 'Reads the rows of one SELECT that you write over its inputs.',
  icon: 'square-code',
  inputs: [{ id: 'in', kind: 'relation' }],
  outputs: [{ id: 'out', kind: 'relation' }],
  dynamicPorts: (config) => ({ inputs: portsIn(config) }),
  config,
  initialConfig: { inputs: ['input'], sql: 'SELECT *\nFROM input' },
  summary: (config) => short(textAt(config, 'sql')) || 'No SQL yet',
  questions(config, context) {
    const question = described(config, context);
    return question ? [question] : [];
  },
  check: (config, context) => [...nameProblems(config.inputs, config.sql), ...describedProblems(context.known)],
  outputColumns: (_config, { known }) => ({ out: describedColumns(known) }),
  lineage({ inputs, sql }, context) {
    const relations = inputs.map((port): [string, QueryInput] => [
      relationName(port),
      { port, edge: 0, columns: context.inputs[port]?.[0] },
    ]);
    const query = readable(() => context.readQuery(queryFragment(sql, context.parameters), new Map(relations)));
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
      title: 'Orders over the average of their customer',
      config: {
        inputs: ['orders'],
        sql: 'SELECT O_ORDERKEY, O_TOTALPRICE FROM orders QUALIFY O_TOTALPRICE > AVG(O_TOTALPRICE) OVER (PARTITION BY O_CUSTKEY)',
      },
    },
    {
      title: 'Two inputs, and a WITH of its own',
      config: {
        inputs: ['orders', 'limits'],
        sql: 'WITH largest AS (SELECT MAX(O_TOTALPRICE) AS PRICE FROM limits) SELECT O_ORDERKEY, O_TOTALPRICE FROM orders, largest WHERE O_TOTALPRICE = PRICE',
      },
    },
  ],
};
