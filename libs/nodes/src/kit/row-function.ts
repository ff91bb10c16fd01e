import type { z } from 'zod';
import { columnNamed, columnsAt, missingColumn, problem, repeatedColumns } from './column-checks';
import { familyOf } from './column-types';
import { columnField, nameField } from './fields';
import { short, textAt } from './half-filled';
import type { LineageContext, NodeLineage } from './lineage';
import { columnFrom, madeOf, passedOn } from './lineage-sources';
import type { CheckContext, NodeDefinition, NodeProblem } from './node-definition';

/** What every function over one column of text is told. */
export const rowFunctionFields = {
  column: columnField({ label: 'Column of texts' }),
  as: nameField({ label: 'New column', placeholder: 'ANSWER' }),
};

/** What such a node's definition says of its own. */
interface RowFunction<Config> {
  type: string;
  title: string;
  description: string;
  icon: string;
  config: z.ZodType<Config>;
  initialConfig: Record<string, unknown>;
  /** The type of the new column. */
  gives: string;
  check?(config: Config, context: CheckContext): readonly NodeProblem[];
  examples: NodeDefinition<Config>['examples'];
}

/** The definition of a node that adds one column, which a model computes in Snowflake from each row. */
export function rowFunction<Config extends { column: string; as: string }>(
  own: RowFunction<Config>,
): NodeDefinition<Config> {
  return {
    ...rowModel(own, ({ column }) => [column]),
    summary(config) {
      const [column, as] = [textAt(config, 'column'), textAt(config, 'as')];
      return column ? short(`${as || '?'} from ${column}`) : 'No column yet';
    },
    check: (config, context) => [
      ...textProblems(config.column, context),
      ...newColumnProblems(config.as, context),
      ...(own.check?.(config, context) ?? []),
    ],
  };
}

/** What all nodes have in common whose new column a model makes from the columns it `reads`: no two answers need be the same. */
export function rowModel<Config extends { as: string }>(
  { gives, ...own }: RowFunction<Config>,
  reads: (config: Config) => readonly string[],
) {
  return {
    ...own,
    group: 'ai',
    inputs: [{ id: 'in', kind: 'relation' }],
    outputs: [{ id: 'out', kind: 'relation' }],
    order: 'keeps',
    nonDeterministic: () => true,
    outputColumns({ as }: Config, context: CheckContext) {
      const input = columnsAt(context, 'in');
      return { out: input && [...input, { name: as, type: gives, nullable: true }] };
    },
    lineage(config: Config, context: LineageContext): NodeLineage {
      const { columns, rows } = passedOn(context);
      const made = madeOf(reads(config).map((column) => columnFrom(column)));
      return { columns: new Map([...columns, [config.as, made]]), rows };
    },
  } satisfies Partial<NodeDefinition<Config>>;
}

/** A problem where the new column's name is taken. */
export function newColumnProblems(as: string, context: CheckContext): NodeProblem[] {
  const names = columnsAt(context, 'in')?.map(({ name }) => name) ?? [];
  return repeatedColumns([...names, as], () => 'as');
}

function textProblems(name: string, context: CheckContext): NodeProblem[] {
  const input = columnsAt(context, 'in');
  const type = columnNamed(input, name)?.type;
  if (type === undefined || ['text', 'unknown'].includes(familyOf(type))) return missingColumn(input, name, 'column');
  return [problem('TYPE_MISMATCH', 'column', `“${name}” is ${type}, and a text is read here`, 'Cast it with Select')];
}
